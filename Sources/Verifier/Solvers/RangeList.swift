import Ownership

/// Ranges of addresses as a predicate of a problem: `(NAME p)` holds where one of them has the address `p`.
struct RangeList {
  /// The predicate's name.
  let symbol: String
  /// The ranges, each with what it is.
  let entries: [(range: AddressRange, what: String)]

  /// Names ranges.
  init(_ symbol: String, _ entries: [(range: AddressRange, what: String)]) {
    self.symbol = symbol
    self.entries = entries
  }

  /// The definition.
  func definition(adding violation: AddressRange? = nil) -> [String] {
    let all = entries + (violation.map { [($0, "the violation")] } ?? [])
    let terms = all.map { entry in
      "(between \(SMTNotation.constant(entry.range.base)) \(SMTNotation.constant(entry.range.last)) p)"
        + SMTNotation.remark(entry.what)
    }
    return ["(define-fun \(symbol) ((p Address)) Bool"] + SMTNotation.anyOf(terms) + [")"]
  }
}
