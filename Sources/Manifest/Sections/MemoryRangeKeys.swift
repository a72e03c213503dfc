import Diagnostics
import Ownership

/// The keys of an entry of `memory-banks:` and of `reserved:`.
enum MemoryRangeKeys {
  static let base = Key("base", .address, required: true, "The first physical address.")
  static let size = Key("size", .size, required: true, "How much memory it is.")
  static let owner = Key(
    "owner", .line("a name", atLeast: 1), "Who keeps the memory: `firmware`, or a name of your own.")
  static let reason = Key("reason", .text("a reason"), "Why it is kept.")

  static let keysOfBank: [any SectionKey] = [base, size]
  static let keysOfReserved: [any SectionKey] = [base, size, owner, reason]

  static let bank = Form<MemoryBankDeclaration>.section(keysOfBank, isJoined: false) { fields, reading in
    range(fields, reading).map(MemoryBankDeclaration.init(range:))
  }

  static let reserved = Form<ReservedDeclaration>.section(keysOfReserved, isJoined: false) { fields, reading in
    range(fields, reading).map { ReservedDeclaration(range: $0, owner: fields[owner], reason: fields[reason]) }
  }

  private static func range(_ fields: Fields, _ reading: Reading) -> Located<AddressRange>? {
    guard let base = fields[base], let size = fields[size] else { return nil }
    guard let range = reading.range(base: base, size: size, of: fields.node) else { return nil }
    return Located(range, at: base.span)
  }
}

extension Reading {
  /// The memory of a size from a base, or a finding that it runs past 2^64.
  func range(base: Located<UInt64>, size: Located<UInt64>, of node: YAMLNode) -> AddressRange? {
    if let range = AddressRange(base: base.value, size: size.value) { return range }
    report(
      ManifestRules.addressOverflow, at: [base.span, size.span],
      "\(named(node)) begins at 0x\(String(base.value, radix: 16)) and would run past the last address, 2^64 - 1",
      subject: node.path, kind: .memory, labels: ["with this size"], help: "lower the address or the size")
    return nil
  }
}
