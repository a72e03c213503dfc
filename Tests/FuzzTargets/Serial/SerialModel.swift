/// A PL011 (Arm DDI 0183) without modem, errors and DMA whose bytes leave at once while what is behind it has room.
///
/// Interrupt conditions are functions of the FIFOs' levels and of what was cleared, as 2.8 of the manual has them, but
/// for one thing: a receiver with bytes in it never stays silent for good, so that its timeout comes back when it is
/// cleared too early.
struct SerialModel {
  /// Read-write registers by offset, with the bits that they have.
  static let masks: [UInt32: UInt32] = [
    0x24: 0xFFFF, 0x28: 0x3F, 0x2C: 0xFF, 0x30: 0xFFFF, 0x34: 0x3F, 0x38: 0x7FF, 0x48: 0x7,
  ]
  /// UARTPeriphID and UARTPCellID of revision r1p5.
  static let identification: [UInt32] = [0x11, 0x10, 0x34, 0x00, 0x0D, 0xF0, 0x05, 0xB1]
  static let receive: UInt32 = 1 << 4
  static let transmit: UInt32 = 1 << 5
  static let timeout: UInt32 = 1 << 6

  var registers: [UInt32: UInt32] = [0x24: 0, 0x28: 0, 0x2C: 0, 0x30: 0x301, 0x34: 0x12, 0x38: 0, 0x48: 0]
  var raw: UInt32 = 0
  /// Bytes waiting to be received.
  var incoming: [UInt8] = []
  /// Bytes that were sent.
  var outgoing: [UInt8] = []
  var room: Int
  /// The transmitter was filled beyond the level at which its interrupt is asserted, and has not been told of room.
  var isFull = false

  var interrupts: Bool { raw & registers[0x38, default: 0] != 0 }

  /// One eighth, a quarter, a half, three quarters or seven eighths of 32 bytes; reserved values as the largest.
  var receiveLevel: Int {
    if registers[0x2C, default: 0] >> 4 & 1 == 0 { return 1 }
    let eighths = [1, 2, 4, 6, 7, 7, 7, 7]
    return 32 * eighths[Int(registers[0x34, default: 0] >> 3 & 7)] / 8
  }

  var flags: UInt32 {
    let bits: [(UInt32, Bool)] = [
      (0, true), (1, true), (2, true), (3, room < 32), (4, incoming.isEmpty), (5, room == 0), (6, incoming.count >= 32),
      (7, room >= 32),
    ]
    return bits.reduce(0) { $0 | ($1.1 ? 1 << $1.0 : 0) }
  }

  mutating func read(_ offset: UInt32) -> UInt32 {
    switch offset {
    case 0x00:
      let byte = incoming.isEmpty ? 0 : incoming.removeFirst()
      if incoming.count < receiveLevel { raw &= ~Self.receive }
      if incoming.isEmpty { raw &= ~Self.timeout }
      return UInt32(byte)
    case 0x18: return flags
    case 0x3C: return raw
    case 0x40: return raw & registers[0x38, default: 0]
    case 0xFE0...0xFFC where offset % 4 == 0: return Self.identification[Int(offset - 0xFE0) / 4]
    default: return registers[offset] ?? 0
    }
  }

  mutating func write(_ offset: UInt32, _ value: UInt32) {
    if let mask = Self.masks[offset] {
      registers[offset] = value & mask
    } else if offset == 0x00 {
      if room > 0 {
        outgoing.append(UInt8(value & 0xFF))
        room -= 1
      }
      if room >= 32 {
        raw |= Self.transmit
      } else {
        raw &= ~Self.transmit
        isFull = true
      }
    } else if offset == 0x44 {
      raw &= ~value
      noticeIncoming()
    }
  }

  mutating func arrive(_ bytes: [UInt8]) {
    incoming += bytes
    noticeIncoming()
  }

  private mutating func noticeIncoming() {
    if !incoming.isEmpty { raw |= Self.timeout }
    if incoming.count >= receiveLevel { raw |= Self.receive }
  }

  mutating func drain(_ bytes: Int) {
    room += bytes
    if isFull, room >= 32 {
      isFull = false
      raw |= Self.transmit
    }
  }
}
