/// What an owner may do with memory.
public struct Rights: OptionSet, Hashable, Sendable {
  /// One bit a right.
  public let rawValue: UInt8

  /// Wraps a set of bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// May read.
  public static let read = Rights(rawValue: 1)
  /// May write.
  public static let write = Rights(rawValue: 2)
  /// May fetch instructions.
  public static let execute = Rights(rawValue: 4)
}
