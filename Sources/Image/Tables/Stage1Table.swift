import Ownership

/// EL2's own map: of its sections, wherever they are, its devices and the health page at their own addresses, and of nothing
/// else.
struct Stage1Table: Sendable {
  /// The tables.
  let table: TranslationTable
  /// TCR_EL2.
  let control: UInt64

  /// Maps every section with its rights and every device window as Device-nGnRE. The tables are for addresses up to
  /// `reach` at least, which the restart maps need: all of EL2's maps go by one TCR_EL2.
  init(
    sections: [LayoutSection], devices: [AddressRange], health: AddressRange? = nil, placement: HypervisorPlacement,
    addressSize: PhysicalAddressSize, reach: UInt64 = 0
  ) throws(TranslationTableError) {
    let highest = (sections.map(\.range.last) + devices.map(\.last) + [health?.last ?? 0, reach]).max() ?? 0
    // 32 bits at least: enough for every board's devices, and T0SZ may not exceed 39 (Arm DDI 0487J.a, D8.2).
    let inputBits = max(32, UInt64.bitWidth - highest.leadingZeroBitCount)
    var table = TranslationTable(startLevel: inputBits <= 39 ? 1 : 0, inputBits: min(inputBits, 48))
    for section in sections {
      guard let attributes = section.attributes else { continue }
      try table.map(section.range, to: placement.runs(of: section.range), attributes: attributes)
    }
    for device in devices { try table.map(device, to: device.base, attributes: Stage1Attributes.device) }
    if let health { try table.map(health, to: health.base, attributes: Stage1Attributes.shared) }
    self.table = table
    control = Self.control(inputBits: table.inputBits, addressSize: addressSize)
  }

  /// TCR_EL2 with HCR_EL2.E2H = 0 (Arm DDI 0487J.a, D19.2): T0SZ in bits 5:0, IRGN0 and ORGN0 (bits 9:8, 11:10) 0b01
  /// write-back, SH0 (bits 13:12) 0b11 Inner Shareable, TG0 (bits 15:14) 0b00 4 KiB, PS in bits 18:16, HA and HD
  /// (bits 21, 22) off, bits 23 and 31 RES1.
  private static func control(inputBits: Int, addressSize: PhysicalAddressSize) -> UInt64 {
    UInt64(64 - inputBits) | 0b01 << 8 | 0b01 << 10 | 0b11 << 12 | addressSize.encoding << 16 | 1 << 23 | 1 << 31
  }
}
