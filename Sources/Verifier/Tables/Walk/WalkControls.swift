import Diagnostics
import Ownership

/// From where and how a walk goes, by TTBR0_EL2 and TCR_EL2 or VTTBR_EL2 and VTCR_EL2.
struct WalkControls: Hashable, Sendable {
  /// Bits of the input address.
  let inputBits: Int
  /// Level of the first lookup, 0 or 1.
  let startLevel: Int
  /// Bits of an output address by PS.
  let outputBits: Int
  /// The root with all its concatenated tables.
  let root: AddressRange

  /// Sizes that PS says, in bits, by its value; 52 bits would need FEAT_LPA2 with 4 KiB pages (Arm DDI 0487J.a, D19.2.144
  /// and D19.2.165).
  static let outputSizes = [32, 36, 40, 42, 44, 48]

  /// Reads the fields that a walk needs.
  ///
  /// - Throws: `VerifierError` if no walk can start with them; what other bits should be is a claim's affair.
  init(_ translation: Translation, base: UInt64, control: UInt64) throws(VerifierError) {
    func unusable(_ why: String) -> VerifierError {
      let registers =
        switch translation {
        case .hypervisor, .restart: "TTBR0_EL2 and TCR_EL2"
        case .domain: "VTTBR_EL2 and VTCR_EL2"
        case .dma: "S2TTB and the translation controls"
        }
      return VerifierError(
        VerifierRules.walkable,
        "\(registers) of \(translation.words) are \(base.hexadecimal) and \(control.hexadecimal): \(why)",
        subjects: translation.subjects)
    }
    guard control >> 14 & 0b11 == 0 else { throw unusable("TG0 is no 4 KiB granule") }
    let size = Int(control >> 16 & 0b111)
    guard size < Self.outputSizes.count else { throw unusable("PS is no size of 48 bits or less") }
    outputBits = Self.outputSizes[size]
    inputBits = 64 - Int(control & 0x3F)
    guard let level = Self.startLevel(translation, inputBits: inputBits, control: control) else {
      throw unusable("no walk of \(inputBits)-bit input addresses starts at level 0 or 1 like this")
    }
    startLevel = level
    // Concatenated tables (D8.2.2): more than 512 entries; small inputs need fewer.
    let entries: UInt64 = 1 << UInt64(max(0, inputBits - Int(DescriptorBits.shift(of: level))))
    let address = base & 0x0000_FFFF_FFFF_FFFE
    let alignment = max(64, entries * 8)
    guard address & (alignment - 1) == 0 else {
      throw unusable("the root's address is no multiple of \(alignment), as one of \(entries) entries has to be")
    }
    guard let root = AddressRange(base: address, size: entries * 8) else { throw unusable("the root is nowhere") }
    self.root = root
  }

  /// The level of the first lookup where T0SZ, and SL0 of stage 2, allow levels 0 and 1 (D8.2.2; for stage 2 its table of
  /// “SL0 and T0SZ” with a 4 KiB granule: level 0 from 40 to 48 bits, level 1 from 31 to 43).
  private static func startLevel(_ translation: Translation, inputBits: Int, control: UInt64) -> Int? {
    switch (translation, control >> 6 & 0b11) {
    case (.hypervisor, _), (.restart, _):
      if (40...48).contains(inputBits) { return 0 }
      return (31...39).contains(inputBits) ? 1 : nil
    case (_, 0b10): return (40...48).contains(inputBits) ? 0 : nil
    case (_, 0b01): return (31...43).contains(inputBits) ? 1 : nil
    default: return nil
    }
  }
}
