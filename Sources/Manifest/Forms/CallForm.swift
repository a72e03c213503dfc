import Diagnostics

/// `smc:` entries: one SMCCC function id, or a range of them.
enum CallForm {
  /// The function ids of PSCI (Arm DEN 0022, section 5.1; Arm DEN 0028, table of function identifier ranges), which
  /// EL2 answers itself, and those that firmware could take for them: bit 16 is only a hint since version 1.3 of the SMC
  /// calling convention, which Trusted Firmware-A takes out before it looks at the number; bits 23:17 mean nothing yet.
  static let powerControl: [ClosedRange<UInt32>] = (UInt32(0)...0xFF).flatMap { upper in
    [0x8400_0000 | upper << 16, 0xC400_0000 | upper << 16].map { (first: UInt32) in first...first + 0x1F }
  }

  /// The Arm architecture's calls (Arm DEN 0028, table of function identifier ranges: owner 0), which EL2 answers itself.
  static let architecture: [ClosedRange<UInt32>] = [0x8000_0000...0x80FF_FFFF, 0xC000_0000...0xC0FF_FFFF]

  fileprivate static let separator = ".."
  fileprivate static let what = "a function id like `0xC2000001`, or a range like `0xC2000010..0xC200001F`"

  fileprivate static func bound(_ text: Substring, of node: YAMLNode, _ reading: Reading) -> UInt32? {
    let scalar = YAMLScalar(
      text: String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()), isPlain: true)
    return reading.number(scalar, of: node, expecting: what, in: 0...UInt64(UInt32.max))
      .map { UInt32(truncatingIfNeeded: $0.value) }
  }
}

extension Form where Value == Located<ClosedRange<UInt32>> {
  /// A range of SMCCC function ids.
  static let calls = Form(
    Schema([
      "anyOf": [
        ["type": "integer", "minimum": 0, "maximum": .unsigned(UInt64(UInt32.max))],
        ["type": "string", "pattern": "^(0x[0-9a-fA-F]{1,8}|[0-9]+) *\\.\\. *(0x[0-9a-fA-F]{1,8}|[0-9]+)$"],
      ]
    ]).named("calls")
  ) { node, reading in
    guard let scalar = reading.scalar(of: node, expecting: CallForm.what) else { return nil }
    guard let dots = scalar.text.firstRange(of: CallForm.separator) else {
      return reading.number(scalar, of: node, expecting: CallForm.what, in: 0...UInt64(UInt32.max)).map {
        $0.map { UInt32(truncatingIfNeeded: $0)...UInt32(truncatingIfNeeded: $0) }
      }
    }
    guard let first = CallForm.bound(scalar.text[..<dots.lowerBound], of: node, reading),
      let last = CallForm.bound(scalar.text[dots.upperBound...], of: node, reading)
    else { return nil }
    guard first <= last else {
      reading.report(
        ManifestRules.outOfRange, at: node, "the range \(Quotation.quoted(scalar.text)) ends before it begins",
        help: "write the lower id first")
      return nil
    }
    return Located(first...last, at: node.span)
  }
}
