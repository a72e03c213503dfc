import Diagnostics

/// How a manifest names CPUs.
enum CPUForm {
  /// More CPUs than any board has.
  static let mostCPUs: UInt64 = 4096

  /// The CPUs that a person means by `0-3` or `0..3`; `nil` for any other text.
  static func range(_ text: String) -> ClosedRange<UInt64>? {
    let ends = text.replacing("..", with: "-").split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, case .success(let first) = WholeNumber.parse(ends[0]),
      case .success(let last) = WholeNumber.parse(ends[1]), first <= last, last < mostCPUs
    else { return nil }
    return first...last
  }

  /// What makes two entries the same.
  static let identity: @Sendable (Located<CPUReference>) -> (text: String, span: SourceSpan?) = { cpu in
    switch cpu.value {
    case .index(let index): (String(index), cpu.span)
    case .node(let node): (node, cpu.span)
    }
  }
}

extension Form where Value == Located<CPUReference> {
  /// A CPU: a number from 0 in tree order, or a node.
  static let cpu = Form(
    Schema([
      "anyOf": [
        ["type": "integer", "minimum": 0, "maximum": .unsigned(CPUForm.mostCPUs - 1)],
        ["type": "string", "minLength": 1, "pattern": "[^0-9]"],
      ]
    ]).named("cpu")
  ) { node, reading in
    let what = "a CPU: a number like `0`, or a node like `cpu@100`"
    guard let scalar = reading.scalar(of: node, expecting: what) else { return nil }
    let looksLikeNumber = YAMLWord.isNumber(scalar.text) || (scalar.isPlain && scalar.text.hasPrefix("-"))
    guard !looksLikeNumber else {
      return reading.number(scalar, of: node, expecting: what, in: 0...CPUForm.mostCPUs - 1).map {
        Located(.index(Int(truncatingIfNeeded: $0.value)), at: node.span)
      }
    }
    guard let text = reading.text(of: node, expecting: what),
      reading.isOneLine(text.value, node, what, atLeast: 1)
    else { return nil }
    if let range = CPUForm.range(text.value) {
      reading.report(
        ManifestRules.wrongType, at: node, "\(reading.named(node)) is to be one CPU, but this is a range of them",
        help: "write each: \(range.prefix(8).map(String.init).joined(separator: ", "))\(range.count > 8 ? " …" : "")")
      return nil
    }
    return text.map { .node($0) }
  }
}
