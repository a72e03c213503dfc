/// A value that remembers where a person wrote it.
public struct Located<Value> {
  /// The value itself.
  public let value: Value
  /// Where it stands; `nil` for a default that nobody wrote.
  public let span: SourceSpan?

  /// Pairs a value with its place.
  public init(_ value: Value, at span: SourceSpan?) {
    self.value = value
    self.span = span
  }

  /// The same place with another value.
  public func map<Other>(_ transform: (Value) throws -> Other) rethrows -> Located<Other> {
    Located<Other>(try transform(value), at: span)
  }
}

extension Located: Sendable where Value: Sendable {}
extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}
