import Diagnostics

/// `set:` of a device: device-tree properties with their values.
enum PropertyForm {
  /// Properties by which ownership is judged, and those that Bulkhead writes itself: nobody may set them.
  static let kept: [String] = [
    "#address-cells", "#interrupt-cells", "#size-cells", "clocks", "compatible", "dma-ranges", "dmas", "interrupt-map",
    "interrupt-parent", "interrupts", "interrupts-extended", "iommus", "memory-region", "msi-parent", "phandle",
    "power-domains", "ranges", "reg", "resets", "status",
  ]

  /// The section of properties.
  static let list = Form.entries(names, of: property, "a section of properties", isJoined: false)

  /// Property names (Devicetree Specification 0.4, section 2.2.4.1).
  private static let names = KeyForm(
    schema: [
      "pattern": "^[0-9a-zA-Z,._+?#-]{1,31}$", "not": ["enum": .array(kept.map(JSONValue.string))],
    ]
  ) { key, path, reading in
    let name = Quotation.quoted(key.text)
    let isName =
      !key.text.isEmpty && key.text.utf8.count <= 31
      && key.text.unicodeScalars.allSatisfy { scalar in
        scalar.isASCII
          && (Character(scalar).isLetter || Character(scalar).isNumber || ",._+?#-".unicodeScalars.contains(scalar))
      }
    if !isName {
      reading.report(
        ManifestRules.propertyName, at: [key.span], "\(name) is no name of a device-tree property", subject: path,
        help: "1 to 31 letters, digits and the characters , . _ + ? # -")
    } else if kept.contains(key.text) {
      reading.report(
        ManifestRules.keptProperty, at: [key.span], "`set:` may not change \(name), by which ownership is judged",
        subject: path, help: "remove it; Bulkhead writes this property from the board's tree")
    }
  }

  private static let property = Form<PropertyDeclaration>(valueSchema) { node, reading in
    guard let heading = node.heading, let value = value(of: node, reading) else { return nil }
    return PropertyDeclaration(name: Located(heading.text, at: heading.span), value: value)
  }

  private static let valueSchema: Schema = {
    let cell: JSONValue = ["type": "integer", "minimum": 0, "maximum": .unsigned(UInt64(UInt32.max))]
    return Schema([
      "anyOf": [
        ["const": true], ["type": "string"], cell, ["type": "array", "minItems": 1, "items": ["type": "string"]],
        ["type": "array", "minItems": 1, "items": cell],
      ]
    ]).named("propertyValue")
  }()

  private static let expected = "`true`, text, a 32-bit number, or a list of texts or numbers"

  private static func value(of node: YAMLNode, _ reading: Reading) -> PropertyValue? {
    guard case .sequence(let nodes) = node.content else { return single(node, reading) }
    guard !nodes.isEmpty else {
      reading.report(
        ManifestRules.emptySection, at: node, "\(Quotation.quoted(node.path)) is an empty list",
        help: "write `true` for a property without a value")
      return nil
    }
    let values = nodes.map { single($0, reading) }
    let texts = values.compactMap { value -> String? in
      if case .strings(let strings) = value { return strings.first }
      return nil
    }
    if texts.count == nodes.count { return .strings(texts) }
    let cells = values.compactMap { value -> UInt32? in
      if case .cell(let cell) = value { return cell }
      return nil
    }
    if cells.count == nodes.count {
      let bytes = cells.compactMap { UInt8(exactly: $0) }
      return bytes.count == cells.count ? .bytes(bytes) : .cells(cells)
    }
    if !values.contains(where: { $0 == nil }) {
      reading.report(
        ManifestRules.wrongType, at: node, "\(Quotation.quoted(node.path)) mixes texts, numbers and truth values",
        help: "write a list of texts or a list of numbers")
    }
    return nil
  }

  private static func single(_ node: YAMLNode, _ reading: Reading) -> PropertyValue? {
    guard let scalar = reading.scalar(of: node, expecting: expected) else { return nil }
    if scalar.isPlain, scalar.text == "true" { return .empty }
    if scalar.isPlain, YAMLWord.isNumber(scalar.text) {
      let number = reading.number(scalar, of: node, expecting: "a 32-bit number", in: 0...UInt64(UInt32.max))
      return number.map { .cell(UInt32(truncatingIfNeeded: $0.value)) }
    }
    guard let text = reading.text(of: node, expecting: expected) else { return nil }
    guard !text.value.contains("\0") else {
      reading.report(ManifestRules.textForm, at: node, "a text in a device tree cannot hold a NUL character")
      return nil
    }
    return .strings([text.value])
  }
}
