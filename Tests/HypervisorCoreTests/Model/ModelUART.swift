/// A PL011 with a transmit FIFO of a chosen depth that empties when the test says so.
final class ModelUART {
  static let base: UInt64 = 0x0900_0000

  var sent: [UInt8] = []
  var depth = Int.max
  var fill = 0
  var received: [UInt8] = []
  var stores: [UInt64: UInt32] = [:]

  var text: String { String(decoding: sent, as: UTF8.self) }
  /// The lines of what was sent, without their ends.
  var lines: [String] { text.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init) }

  func contains(_ address: UInt64) -> Bool { address &- Self.base < 0x1000 }

  func load(_ address: UInt64) -> UInt32 {
    switch address &- Self.base {
    case 0x00: received.isEmpty ? 0 : UInt32(received.removeFirst())
    case 0x18: (fill >= depth ? 1 << 5 : 0) | (received.isEmpty ? 1 << 4 : 0)
    default: stores[address] ?? 0
    }
  }

  func store(_ address: UInt64, _ value: UInt32) {
    if address == Self.base {
      sent.append(UInt8(truncatingIfNeeded: value))
      fill += 1
    } else {
      stores[address] = value
    }
  }
}
