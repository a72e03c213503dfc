import Ownership

/// What EL2 keeps for itself.
public struct HypervisorPlan: Hashable, Sendable {
  /// EL2's code, data, stacks and every table; with colours from their first page to their last, and what lies between
  /// them is left unused.
  public let memory: AddressRange
  /// The pages of EL2's memory where it has colours; `nil` where it has all of `memory`.
  public let stripes: Stripes?
  /// EL2's own UART.
  public let console: HypervisorConsole?
  /// Device windows of EL2: its UART and the GIC, whole pages, in address order.
  public let devices: [AddressRange]
}
