import DeviceTree

/// An interrupt as the domain's GIC node wants it: three cells (kernel binding `arm,gic-v3.yaml`).
struct GICInterrupt: Hashable {
  /// Level sensitive, active high.
  static let levelHigh: UInt32 = 4
  /// Edge triggered, rising.
  static let edgeRising: UInt32 = 1

  /// The GIC's interrupt id, 16 to 1019.
  let intid: UInt32
  /// Edge or level.
  let flags: UInt32

  /// An interrupt by its id and flags.
  init(intid: UInt32, flags: UInt32) {
    self.intid = intid
    self.flags = flags
  }

  /// An interrupt as the board has it. Bits above 3 of the flags name CPUs on older GICs and are left out.
  init(_ interrupt: ResolvedInterrupt) {
    intid = interrupt.intid
    let trigger = interrupt.flags & 0xF
    flags = trigger != 0 ? trigger : interrupt.isEdge ? Self.edgeRising : Self.levelHigh
  }

  /// Type (0 SPI, 1 PPI), number within the type, flags.
  var cells: [UInt32] { intid >= 32 ? [0, intid - 32, flags] : [1, intid >= 16 ? intid - 16 : 0, flags] }
}
