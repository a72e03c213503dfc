/// What a disk server keeps: bytes that only it reaches.
public protocol BlockStorage {
  /// Sectors of 512 bytes.
  var sectors: UInt64 { get }
  /// Loads a byte below `sectors` × 512.
  func load(_ offset: UInt64) -> UInt8
  /// Stores a byte below `sectors` × 512.
  func store(_ offset: UInt64, _ value: UInt8)
}
