import Diagnostics

/// How a manifest names CPUs.
enum CPUForm {
  /// More CPUs than any board has.
  static let mostCPUs: UInt64 = 4096

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
    return text.map { .node($0) }
  }
}
