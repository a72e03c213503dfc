/// A node of a tree that is being made: a name, properties and children, all in the order they were put in.
public struct TreeNode: Hashable, Sendable {
  /// Name with the unit address; empty for the root.
  public var name: String
  /// The properties in the order they were first set.
  public private(set) var properties: [Property] = []
  /// The children.
  public var children: [TreeNode] = []

  /// An empty node.
  public init(_ name: String) { self.name = name }

  /// A property's bytes, or `nil`.
  public func property(_ name: String) -> Property? { properties.first { $0.name == name } }

  /// Sets a property, in place of one of the same name.
  public mutating func set(_ property: Property) {
    if let index = properties.firstIndex(where: { $0.name == property.name }) {
      properties[index] = property
    } else {
      properties.append(property)
    }
  }

  /// Sets a property without a value.
  public mutating func set(flag name: String) { set(Property(name: name, value: [])) }

  /// Sets a property to texts, each ended by a zero byte.
  public mutating func set(_ name: String, strings: [String]) {
    set(Property(name: name, value: strings.flatMap { Array($0.utf8) + [0] }))
  }

  /// Sets a property to one text.
  public mutating func set(_ name: String, _ string: String) { set(name, strings: [string]) }

  /// Sets a property to 32-bit cells.
  public mutating func set(_ name: String, cells: [UInt32]) {
    set(
      Property(
        name: name, value: cells.flatMap { cell in (0..<4).map { UInt8(truncatingIfNeeded: cell >> (24 - 8 * $0)) } }))
  }

  /// Sets a property to 64-bit numbers of two cells each: a `reg` where addresses and sizes have two cells.
  public mutating func set(_ name: String, numbers: [UInt64]) {
    set(name, cells: numbers.flatMap { [UInt32(truncatingIfNeeded: $0 >> 32), UInt32(truncatingIfNeeded: $0)] })
  }

  /// Sets the number by which other nodes refer to this one.
  public mutating func set(phandle: UInt32) { set("phandle", cells: [phandle]) }

  /// Removes a property, if it is there.
  public mutating func remove(_ name: String) { properties.removeAll { $0.name == name } }
}
