import Diagnostics
import Yams

/// The values of a `board.yaml`, each read as what it has to be. What is wrong is kept, and reading goes on.
struct DescriptionValues {
  /// The file, as messages call it.
  let file: String
  /// What is wrong so far, in the order of the reading.
  private(set) var findings: [Finding] = []

  init(file: String) { self.file = file }

  // MARK: Structure

  /// The text's only document; `nil` if it is none, or empty.
  mutating func document(_ text: String) -> Node? {
    if let obstacle = YAMLObstacle.first(in: text) {
      let place = SourcePosition(file: file, line: obstacle.line, column: obstacle.column)
      findings.append(finding(obstacle.words, at: place))
      return nil
    }
    do {
      return try Yams.compose(yaml: text)
    } catch let error as YamlError {
      report("is not YAML: \(error.problem)", error.place)
    } catch {
      report("is not YAML", nil)
    }
    return nil
  }

  /// The values of a mapping by their keys; keys other than `allowed` are reported and left out.
  mutating func mapping(_ node: Node, _ what: String, _ allowed: [String]) -> [String: Node]? {
    guard let mapping = node.mapping else {
      report("has \(what) that is no mapping of \(allowed.joined(separator: ", "))", node.mark)
      return nil
    }
    var values: [String: Node] = [:]
    for (key, value) in mapping {
      guard let name = key.scalar?.string else {
        report("has a key that is no word", key.mark)
        continue
      }
      guard allowed.contains(name) else {
        let nearest = Suggestions.nearest(to: name, among: allowed).map { "did you mean `\($0)`? " } ?? ""
        report(
          "has an unknown key `\(name)` in \(what)", key.mark, length: name.count,
          help: nearest + "known are \(allowed.joined(separator: ", "))")
        continue
      }
      values[name] = value
    }
    return values
  }

  /// The values of a mapping that must have exactly these keys, in their order.
  mutating func record(_ node: Node, _ name: String, _ keys: [String]) -> [Node]? {
    guard let values = mapping(node, "an entry of `\(name)`", keys) else { return nil }
    return all(keys, of: values, in: "an entry of `\(name)`", node.mark)
  }

  /// The values of keys that must all be there, in their order; one finding names those that are not.
  mutating func all(_ keys: [String], of values: [String: Node], in what: String, _ mark: Mark?) -> [Node]? {
    let missing = keys.filter { values[$0] == nil }
    guard missing.isEmpty else {
      report("has \(what) without \(missing.joined(separator: " and "))", mark)
      return nil
    }
    return keys.compactMap { values[$0] }
  }

  /// The items of a list; none for `nil`.
  mutating func list(_ node: Node?, _ name: String) -> [Node] {
    guard let node else { return [] }
    guard let sequence = node.sequence else {
      report("has a `\(name)` that is no list", node.mark)
      return []
    }
    return Array(sequence)
  }

  // MARK: Scalars

  /// Text that is not empty.
  mutating func text(_ node: Node, _ name: String) -> String? {
    guard let text = node.scalar?.string, !text.isEmpty else {
      report("has a `\(name)` that is no text", node.mark)
      return nil
    }
    return text
  }

  /// `true` or `false`; false for `nil`.
  mutating func truth(_ node: Node?, _ name: String) -> Bool {
    guard let node else { return false }
    guard let text = node.scalar?.string, text == "true" || text == "false" else {
      report("has a `\(name)` that is neither true nor false", node.mark)
      return false
    }
    return text == "true"
  }

  /// A number within bounds.
  mutating func number(_ node: Node, _ name: String, _ bounds: ClosedRange<UInt64>) -> UInt64? {
    guard let text = node.scalar?.string, let value = Self.number(text), bounds.contains(value) else {
      report(
        "has a `\(name)` of `\(node.scalar?.string ?? "…")`, which is no number from \(bounds.lowerBound) to "
          + "\(bounds.upperBound)", node.mark, help: "write it as 4096, 0x1000 or 4 KiB")
      return nil
    }
    return value
  }

  /// A SHA-256 in 64 lower-case hexadecimal digits.
  mutating func digest(_ node: Node) -> String? {
    let digits = Set("0123456789abcdef")
    guard let text = node.scalar?.string, text.utf8.count == 64, text.allSatisfy({ digits.contains($0) }) else {
      report("has a `sha256` that is not 64 lower-case hexadecimal digits", node.mark, help: "`sha256sum` prints it")
      return nil
    }
    return text
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

  // MARK: Findings

  /// Keeps a finding about the file; `message` goes on after the file's name.
  mutating func report(_ message: String, _ mark: Mark?, length: Int = 1, help: String? = nil) {
    findings.append(finding(message, mark, length: length, help: help))
  }

  /// A finding about the file, not kept.
  func finding(_ message: String, _ mark: Mark?, length: Int = 1, help: String? = nil) -> Finding {
    let place = mark.map { SourcePosition(file: file, line: $0.line, column: $0.column) }
    return finding(message, at: place, length: length, help: help)
  }

  private func finding(
    _ message: String, at place: SourcePosition?, length: Int = 1, help: String? = nil
  ) -> Finding {
    Finding(
      BoardRules.malformedDescription, .error, "\(file) \(message)", subjects: [file],
      resource: ResourceReference(.file, file), spans: [place.map { SourceSpan(start: $0, length: length) }],
      help: help ?? "boards/README.md describes the format")
  }
}

extension YamlError {
  /// Where the text stops being YAML.
  fileprivate var place: Mark? {
    switch self {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark
    case .duplicatedKeysInMapping(_, let context): context.mark
    default: nil
    }
  }

  /// What is wrong there.
  fileprivate var problem: String {
    switch self {
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
