/// One CPU of a board.
public struct BoardCPU: Hashable, Sendable {
  /// Position in tree order, from 0; what `cpus:` in a manifest counts.
  public let index: Int
  /// The node.
  public let path: String
  /// Affinity fields of MPIDR_EL1 as `reg` gives them (Aff3 in bits 39:32, Aff2 to Aff0 in bits 23:0).
  public let affinity: UInt64
  /// `compatible`, most specific first.
  public let compatible: [String]
  /// Whether status allows it to run.
  public let isEnabled: Bool
  /// `enable-method`, if there is one (`psci`, `spin-table`).
  public let enableMethod: String?
  /// Spin table: physical address of the 64-bit word that the CPU waits on (`cpu-release-addr`); `nil` for every other
  /// method, and where the property is malformed.
  public let releaseAddress: UInt64?

  /// Makes a CPU.
  public init(
    index: Int,
    path: String,
    affinity: UInt64,
    compatible: [String],
    isEnabled: Bool,
    enableMethod: String?,
    releaseAddress: UInt64? = nil
  ) {
    self.index = index
    self.path = path
    self.affinity = affinity
    self.compatible = compatible
    self.isEnabled = isEnabled
    self.enableMethod = enableMethod
    self.releaseAddress = releaseAddress
  }
}
