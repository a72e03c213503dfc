import Ownership

/// What EL2 keeps for itself.
public struct HypervisorPlan: Hashable, Sendable {
  /// EL2's code, data, stacks and every table.
  public let memory: AddressRange
  /// EL2's own UART.
  public let console: HypervisorConsole?
  /// Device windows of EL2: its UART and the GIC, whole pages, in address order.
  public let devices: [AddressRange]
}
