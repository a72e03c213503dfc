import ImageFormat

/// A UART of any kind that EL2 drives, with a transmit FIFO of a chosen depth that empties when the test says so.
package final class ModelUART {
  package static let base: UInt64 = 0x0900_0000

  package var kind = ConsoleKind.pl011
  package var sent: [UInt8] = []
  package var depth = Int.max
  package var fill = 0
  package var received: [UInt8] = []
  package var stores: [UInt64: UInt32] = [:]
  /// Cadence: the trigger was reached since it was last acknowledged.
  package var isTriggered = false

  package var text: String { String(decoding: sent, as: UTF8.self) }
  /// The lines of what was sent, without their ends.
  package var lines: [String] { text.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init) }

  package func contains(_ address: UInt64) -> Bool { address &- Self.base < 0x1000 }

  /// Offsets of the registers that receive and send.
  private var receiver: UInt64 { kind == .cadence ? 0x30 : 0 }
  private var transmitter: UInt64 {
    switch kind {
    case .cadence: 0x30
    case .imx: 0x40
    default: 0
    }
  }

  package func load(_ address: UInt64) -> UInt32 {
    let offset = address &- Self.base
    if offset == receiver { return received.isEmpty ? 0 : UInt32(received.removeFirst()) }
    return status(offset) ?? stores[address] ?? 0
  }

  private func status(_ offset: UInt64) -> UInt32? {
    let isFull = fill >= depth
    let isEmpty = received.isEmpty
    switch (kind, offset) {
    case (.pl011, 0x18): return (isFull ? 1 << 5 : 0) | (isEmpty ? 1 << 4 : 0) | (fill > 0 ? 1 << 3 : 0)
    case (.cadence, 0x2C): return (isFull ? 1 << 4 : 0) | (fill == 0 ? 1 << 3 : 1 << 11) | (isEmpty ? 1 << 1 : 1)
    case (.imx, 0xB4): return (fill == 0 ? 1 << 6 : 0) | (isEmpty ? 1 << 5 : 0) | (isFull ? 1 << 4 : 0)
    case (.imx, 0x98): return (fill == 0 ? 1 << 14 | 1 << 3 : 0) | (isEmpty ? 0 : 1)
    case (.miniUART, 0x14): return (fill == 0 ? 1 << 6 : 0) | (isFull ? 0 : 1 << 5) | (isEmpty ? 0 : 1)
    default: return nil
    }
  }

  package func store(_ address: UInt64, _ value: UInt32) {
    let offset = address &- Self.base
    if offset == transmitter {
      sent.append(UInt8(truncatingIfNeeded: value))
      fill += 1
    } else {
      if kind == .cadence, offset == 0x14, value & 1 != 0 { isTriggered = false }
      stores[address] = value
    }
  }

  /// The last store to a register; nil for none.
  package func stored(_ offset: UInt64) -> UInt32? { stores[Self.base + offset] }

  /// Bytes come from outside.
  package func arrive(_ bytes: [UInt8]) {
    received += bytes
    isTriggered = true
  }

  /// Whether the UART asserts its interrupt, with what EL2 allowed.
  package var interrupts: Bool {
    switch kind {
    case .none: false
    case .pl011: (stored(0x38) ?? 0) & 0x50 != 0 && !received.isEmpty
    case .cadence: (stored(0x08) ?? 0) & 1 != 0 && stored(0x20) == 1 && isTriggered
    case .imx: (stored(0x80) ?? 0) & 0x201 == 0x201 && (stored(0x90) ?? 0) & 0x3F == 1 && !received.isEmpty
    case .miniUART: (stored(0x04) ?? 0) & 2 != 0 || (stored(0x04) ?? 0) & 1 != 0 && !received.isEmpty
    }
  }
}
