import Diagnostics

/// `memory:` of a domain: a size, or a list of regions.
enum MemoryKeys {
  static let size = Key("size", .size, required: true, "How much memory the region has.")
  static let base = Key("base", .address, "Its physical address; without it, the compiler chooses.")
  static let guest = Key(
    "guest", .address, "The address at which the domain sees it; without it, the physical address.")

  static let all: [any SectionKey] = [size, base, guest]

  static let form = Form.either(scalar: single, orElse: .list(of: region, "a size, or a list of regions", atLeast: 1))

  private static let single = Form<Located<UInt64>>.size.map { size, node, _ in
    [MemoryDeclaration(size: size, base: nil, guest: nil, span: node.span)]
  }

  private static let region = Form<MemoryDeclaration>.section(all, isJoined: false) { fields, reading in
    guard let size = fields[size] else { return nil }
    let addresses = [fields[base], fields[guest]].compactMap { $0 }
    guard addresses.allSatisfy({ reading.range(base: $0, size: size, of: fields.node) != nil }) else { return nil }
    return MemoryDeclaration(size: size, base: fields[base], guest: fields[guest], span: fields.node.span)
  }
}
