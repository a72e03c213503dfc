/// Bytes that a domain has in its memory when it starts.
public struct SoloPiece: Sendable {
  /// What they are, for messages and file names: letters, digits, dots and hyphens.
  public let name: String
  /// The guest address of the first byte.
  public let address: UInt64
  /// The bytes.
  public let bytes: [UInt8]

  /// Describes a piece.
  public init(name: String, address: UInt64, bytes: [UInt8]) {
    self.name = name
    self.address = address
    self.bytes = bytes
  }
}
