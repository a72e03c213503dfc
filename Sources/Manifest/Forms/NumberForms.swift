import Diagnostics

extension Form where Value == Located<UInt64> {
  /// An address: hexadecimal or decimal, up to 2^64 - 1.
  static let address = Form.number("an address like `0x40000000`", in: 0...UInt64.max, name: "address")

  /// A whole number within a range, without quotes.
  ///
  /// - Parameters:
  ///   - what: The number in words, with its article.
  ///   - name: What the schema calls it.
  static func number(_ what: String, in range: ClosedRange<UInt64>, name: String) -> Form {
    let fragment: JSONValue = [
      "type": "integer", "minimum": .unsigned(range.lowerBound), "maximum": .unsigned(range.upperBound),
    ]
    return Form(Schema(fragment).named(name)) { node, reading in
      guard let scalar = reading.scalar(of: node, expecting: what) else { return nil }
      return reading.number(scalar, of: node, expecting: what, in: range)
    }
  }
}

extension Reading {
  /// The number that a scalar stands for, or a finding.
  func number(
    _ scalar: YAMLScalar, of node: YAMLNode, expecting what: String, in range: ClosedRange<UInt64>
  ) -> Located<UInt64>? {
    let parsed = WholeNumber.parse(scalar.text)
    guard scalar.isPlain else {
      var help = "write it without quotes"
      if case .failure(let problem) = parsed { help = problem.help }
      report(
        ManifestRules.wrongType, at: node,
        "\(named(node)) is to be \(what), but \(Quotation.quoted(scalar.text)) is text",
        help: help)
      return nil
    }
    switch parsed {
    case .failure(let problem):
      report(problem.rule, at: node, "\(named(node)) is to be \(what), but \(problem.message)", help: problem.help)
      return nil
    case .success(let value):
      guard range.contains(value) else {
        let bound: (UInt64) -> String = { scalar.text.hasPrefix("0x") ? "0x" + String($0, radix: 16) : String($0) }
        report(
          ManifestRules.outOfRange, at: node,
          "\(named(node)) is \(Quotation.quoted(scalar.text)), but must lie in \(bound(range.lowerBound)) to "
            + bound(range.upperBound),
          help: "write \(what)")
        return nil
      }
      return Located(value, at: node.span)
    }
  }
}
