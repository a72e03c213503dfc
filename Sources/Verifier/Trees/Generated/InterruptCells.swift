import DeviceTree

/// Interrupts as the three cells of a GIC (kernel bindings `arm,gic.yaml` and `arm,gic-v3.yaml`): type, number within
/// the type, flags.
enum InterruptCells {
  /// IRQ_TYPE_EDGE_RISING and IRQ_TYPE_LEVEL_HIGH of the kernel's bindings.
  private static let edgeRising: UInt32 = 1
  private static let levelHigh: UInt32 = 4

  /// Shared interrupts start at INTID 32, private ones at 16 (Arm IHI 0069, 2.2.1); behind them come GICv3.1's.
  static func cells(_ intid: UInt32, flags: UInt32) -> [UInt32] {
    switch intid {
    case 4096...: [2, intid - 4096, flags]
    case 1056..<4096: [3, intid - 1056, flags]
    case 32..<1056: [0, intid - 32, flags]
    case 16..<32: [1, intid - 16, flags]
    default: [1, 0, flags]
    }
  }

  /// An interrupt that is level sensitive, active high.
  static func level(_ intid: UInt32) -> [UInt32] { cells(intid, flags: levelHigh) }

  /// An interrupt of the board's: its trigger, from the low four bits of the flags (those above name CPUs).
  static func cells(_ interrupt: ResolvedInterrupt) -> [UInt32] {
    let trigger = interrupt.flags & 0xF
    return cells(interrupt.intid, flags: trigger != 0 ? trigger : interrupt.isEdge ? edgeRising : levelHigh)
  }
}
