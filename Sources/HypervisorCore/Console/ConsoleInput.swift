/// Who gets what is typed, and the keys that change it: Ctrl-A n for the next domain, Ctrl-A Ctrl-A for a Ctrl-A.
public struct ConsoleInput {
  /// What to do with a byte.
  public enum Action: Equatable {
    /// Give it to the domain that has the input.
    case deliver(UInt8)
    /// Give the input to the next domain.
    case next
    /// Nothing.
    case nothing
  }

  /// Index of the domain that gets input.
  public var focus: UInt32 = 0
  var escaped = false

  static var controlA: UInt8 { 0x01 }

  /// Input for the first domain.
  public init() {}

  /// Takes a byte from the UART.
  public mutating func typed(_ byte: UInt8) -> Action {
    if !escaped {
      escaped = byte == Self.controlA
      return escaped ? .nothing : .deliver(byte)
    }
    escaped = false
    switch byte {
    case Self.controlA: return .deliver(byte)
    case UInt8(ascii: "n"), UInt8(ascii: "N"): return .next
    default: return .nothing
    }
  }
}
