/// The stable name of a rule, `BH-FAMILY-NNN`.
public struct RuleID: RawRepresentable, Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The text of the id.
  public let rawValue: String

  /// Wraps an id as it is written.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Wraps an id as it is written.
  public init(_ rawValue: String) { self.rawValue = rawValue }

  /// The text of the id.
  public var description: String { rawValue }

  /// Ids order as text.
  public static func < (left: RuleID, right: RuleID) -> Bool { left.rawValue < right.rawValue }
}
