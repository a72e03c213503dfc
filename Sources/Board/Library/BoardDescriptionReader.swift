import Diagnostics
import Ownership
import Yams

/// Reads `board.yaml`. The first thing that is wrong is thrown, with its place.
struct BoardDescriptionReader {
  private let file: String

  /// The description that `text` holds.
  static func read(_ text: String, file: String) throws(InputError) -> BoardDescription {
    let reader = BoardDescriptionReader(file: file)
    return try reader.description(try reader.compose(text))
  }

  private func compose(_ text: String) throws(InputError) -> Node {
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw failure("is not YAML: \(Self.problem(error))", Self.place(error))
    } catch {
      throw failure("is not YAML", nil)
    }
    guard let node else { throw failure("is empty", nil) }
    return node
  }

  // MARK: The format

  private func description(_ node: Node) throws(InputError) -> BoardDescription {
    let top = try mapping(
      node, "the file",
      [
        "summary", "device-tree", "bootable", "loader-memory", "image-base", "qemu", "maintenance-interrupt",
        "physical-address-bits", "errata",
      ])
    guard let summary = top["summary"], let tree = top["device-tree"] else {
      throw failure("has no `\(top["summary"] == nil ? "summary" : "device-tree")`", node.mark)
    }
    let bits = try top["physical-address-bits"].map { bits throws(InputError) in
      try number(bits, "physical-address-bits", 32...52)
    }
    let maintenance = try top["maintenance-interrupt"].map { intid throws(InputError) in
      // A maintenance interrupt is a PPI (IHI 0069, section 2.2.1).
      try number(intid, "maintenance-interrupt", 16...31)
    }
    return BoardDescription(
      summary: try text(summary, "summary"), treeFile: try text(tree, "device-tree"),
      isBootable: try truth(top["bootable"], "bootable"), loaderRanges: try ranges(top["loader-memory"]),
      imageBase: try top["image-base"].map { base throws(InputError) in
        try number(base, "image-base", 0...(UInt64.max))
      },
      qemuArguments: try qemuArguments(top["qemu"]), maintenanceINTID: maintenance.map { UInt32($0) },
      physicalAddressBits: Int(bits ?? 48), errata: try errata(top["errata"]))
  }

  private func ranges(_ node: Node?) throws(InputError) -> [AddressRange] {
    var ranges: [AddressRange] = []
    for item in try list(node, "loader-memory") {
      let keys = try mapping(item, "an entry of `loader-memory`", ["base", "size"])
      guard let base = keys["base"], let size = keys["size"] else {
        throw failure("has an entry of `loader-memory` without base and size", item.mark)
      }
      let range = AddressRange(
        base: try number(base, "base", 0...(UInt64.max)), size: try number(size, "size", 1...(UInt64.max)))
      guard let range else { throw failure("has a `loader-memory` that runs past 2^64", item.mark) }
      ranges.append(range)
    }
    return ranges
  }

  private func qemuArguments(_ node: Node?) throws(InputError) -> [String] {
    guard let node else { return [] }
    let keys = try mapping(node, "`qemu`", ["arguments"])
    var arguments: [String] = []
    for item in try list(keys["arguments"], "arguments") { arguments.append(try text(item, "arguments")) }
    return arguments
  }

  private func errata(_ node: Node?) throws(InputError) -> [Erratum] {
    var errata: [Erratum] = []
    for item in try list(node, "errata") {
      let keys = try mapping(item, "an entry of `errata`", ["number", "affects", "measure"])
      guard let number = keys["number"], let affects = keys["affects"], let measure = keys["measure"] else {
        throw failure("has an entry of `errata` without number, affects and measure", item.mark)
      }
      errata.append(
        Erratum(
          number: try text(number, "number"), affects: try text(affects, "affects"),
          measure: try text(measure, "measure")))
    }
    return errata
  }

  // MARK: Values

  private func mapping(_ node: Node, _ what: String, _ allowed: [String]) throws(InputError) -> [String: Node] {
    guard let mapping = node.mapping else {
      throw failure("has \(what) that is no mapping of \(allowed.joined(separator: ", "))", node.mark)
    }
    var values: [String: Node] = [:]
    for (key, value) in mapping {
      guard let name = key.scalar?.string else { throw failure("has a key that is no word", key.mark) }
      guard allowed.contains(name) else {
        let nearest = Suggestions.nearest(to: name, among: allowed).map { "did you mean `\($0)`? " } ?? ""
        throw failure(
          "has an unknown key `\(name)` in \(what)", key.mark, length: name.count,
          help: nearest + "known are \(allowed.joined(separator: ", "))")
      }
      values[name] = value
    }
    return values
  }

  private func list(_ node: Node?, _ name: String) throws(InputError) -> [Node] {
    guard let node else { return [] }
    guard let sequence = node.sequence else { throw failure("has a `\(name)` that is no list", node.mark) }
    return Array(sequence)
  }

  private func text(_ node: Node, _ name: String) throws(InputError) -> String {
    guard let text = node.scalar?.string, !text.isEmpty else {
      throw failure("has a `\(name)` that is no text", node.mark)
    }
    return text
  }

  private func truth(_ node: Node?, _ name: String) throws(InputError) -> Bool {
    guard let node else { return false }
    guard let text = node.scalar?.string, text == "true" || text == "false" else {
      throw failure("has a `\(name)` that is neither true nor false", node.mark)
    }
    return text == "true"
  }

  private func number(_ node: Node, _ name: String, _ bounds: ClosedRange<UInt64>) throws(InputError) -> UInt64 {
    guard let text = node.scalar?.string, let value = Self.number(text), bounds.contains(value) else {
      throw failure(
        "has a `\(name)` of `\(node.scalar?.string ?? "…")`, which is no number from \(bounds.lowerBound) to "
          + "\(bounds.upperBound)", node.mark, help: "write it as 4096, 0x1000 or 4 KiB")
    }
    return value
  }

  /// A number in decimal or, after 0x, hexadecimal digits; decimal ones may carry KiB, MiB or GiB.
  private static func number(_ text: String) -> UInt64? {
    if text.hasPrefix("0x") { return UInt64(text.dropFirst(2), radix: 16) }
    let units: [(String, UInt64)] = [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)]
    for (unit, factor) in units where text.hasSuffix(unit) {
      let digits = text.dropLast(unit.count).trimmingSuffix { $0 == " " }
      guard let count = UInt64(digits) else { return nil }
      let (bytes, overflow) = count.multipliedReportingOverflow(by: factor)
      return overflow ? nil : bytes
    }
    return UInt64(text)
  }

  // MARK: Errors

  private func failure(_ message: String, _ mark: Mark?, length: Int = 1, help: String? = nil) -> InputError {
    let place = mark.map { SourcePosition(file: file, line: $0.line, column: $0.column) }
    return InputError(
      Finding(
        BoardRules.malformedDescription, .error, "\(file) \(message)", subjects: [file],
        resource: ResourceReference(.file, file), spans: [place.map { SourceSpan(start: $0, length: length) }],
        help: help ?? "boards/README.md describes the format"))
  }

  private static func place(_ error: YamlError) -> Mark? {
    switch error {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark
    case .duplicatedKeysInMapping(_, let context): context.mark
    default: nil
    }
  }

  private static func problem(_ error: YamlError) -> String {
    switch error {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
    case .reader(let problem, _, _, _): problem
    case .duplicatedKeysInMapping(let keys, _):
      "the key `\(keys.sorted().joined(separator: "`, `"))` stands there twice"
    default: "it cannot be read"
    }
  }
}

extension Substring {
  /// The text without the characters at its end for which `isUnwanted` holds.
  fileprivate func trimmingSuffix(while isUnwanted: (Character) -> Bool) -> Substring {
    var rest = self
    while let last = rest.last, isUnwanted(last) { rest.removeLast() }
    return rest
  }
}
