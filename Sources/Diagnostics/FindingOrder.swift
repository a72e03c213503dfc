extension Sequence where Element == Finding {
  /// The findings in the order in which they are shown (file, line, column, rule, message; those without a place
  /// last), each once.
  public func ordered() -> [Finding] {
    var seen: Set<Finding> = []
    return filter { seen.insert($0).inserted }.sorted { left, right in
      if let order = precedes(left.spans.first, right.spans.first) { return order }
      if left.rule != right.rule { return left.rule < right.rule }
      if left.message != right.message { return left.message < right.message }
      return left.subjects.lexicographicallyPrecedes(right.subjects)
    }
  }

  /// Whether any of them refuses the input.
  public var containsError: Bool { contains { $0.severity == .error } }
}

/// Whether a place comes before another; `nil` if neither does.
private func precedes(_ left: SourceSpan?, _ right: SourceSpan?) -> Bool? {
  switch (left, right) {
  case (let left?, let right?): left.start == right.start ? nil : left.start < right.start
  case (.some, nil): true
  case (nil, .some): false
  case (nil, nil): nil
  }
}
