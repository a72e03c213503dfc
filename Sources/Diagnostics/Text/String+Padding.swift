extension String {
  /// The text as a cell of a table: with spaces behind it up to a width, and at least one.
  package func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
