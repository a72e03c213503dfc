import Diagnostics

/// `hypervisor:`, what a manifest says about EL2 itself.
public struct HypervisorSection: Sendable {
  /// The node (path, label or alias) of EL2's own UART.
  public let console: Located<String>?
  /// How much memory EL2 gets, in bytes.
  public let memory: Located<UInt64>?
  /// The cache colours of EL2's memory; empty if not written.
  public let colours: [Located<Int>]
}
