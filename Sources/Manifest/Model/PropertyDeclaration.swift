import Diagnostics

/// One property of a device's `set:`.
public struct PropertyDeclaration: Sendable {
  /// The property's name.
  public let name: Located<String>
  /// Its value.
  public let value: PropertyValue
}
