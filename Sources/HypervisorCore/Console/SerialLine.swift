/// The far side of a virtual PL011.
public protocol SerialLine {
  /// Bytes waiting to be received.
  var waiting: Int { get }
  /// Bytes that `send` will take.
  var room: Int { get }
  /// Takes the next received byte.
  mutating func receive() -> UInt8?
  /// Sends a byte; dropped when there is no room.
  mutating func send(_ byte: UInt8)
}
