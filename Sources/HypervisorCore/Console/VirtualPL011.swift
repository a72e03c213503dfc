/// The registers of an Arm PrimeCell UART PL011 r1p5 as a domain sees them (Arm DDI 0183).
///
/// What goes out leaves at once as long as the ring behind has room; there is no modem, no error, no DMA. A transmitter
/// that is not enabled sends all the same, as boot consoles rely on a UART that the firmware has set up.
public struct VirtualPL011 {
  /// UARTIBRD.
  var integerDivisor: UInt16 = 0
  /// UARTFBRD.
  var fractionalDivisor: UInt16 = 0
  /// UARTLCR_H.
  var lineControl: UInt16 = 0
  /// UARTCR.
  var control: UInt16 = 0
  /// UARTIFLS.
  var levelSelect: UInt16 = 0
  /// UARTIMSC.
  var mask: UInt16 = 0
  /// UARTRIS.
  var raw: UInt16 = 0
  /// UARTDMACR.
  var dmaControl: UInt16 = 0
  /// The domain filled the transmitter and waits for room.
  public private(set) var waitsForRoom = false

  static var receiveInterrupt: UInt16 { 1 << 4 }
  static var transmitInterrupt: UInt16 { 1 << 5 }
  static var timeoutInterrupt: UInt16 { 1 << 6 }
  static var fifoDepth: Int { 32 }

  /// A UART as the firmware leaves it: enabled, both directions (UARTCR 0x301), levels at one half (UARTIFLS 0x12).
  public init() { reset() }

  /// Becomes as the firmware leaves it.
  public mutating func reset() {
    integerDivisor = 0
    fractionalDivisor = 0
    lineControl = 0
    control = 0x301
    levelSelect = 0x12
    mask = 0
    raw = 0
    dmaControl = 0
    waitsForRoom = false
  }

  /// The combined interrupt UARTINTR.
  public var interrupt: Bool { raw & mask != 0 }

  /// A register's value.
  ///
  /// - Parameters:
  ///   - offset: from the start of the UART's page, below 4096.
  public mutating func read(_ offset: UInt32, _ line: inout some SerialLine) -> UInt32 {
    switch offset {
    case 0x000:
      let byte = line.receive() ?? 0
      received(line)
      return UInt32(byte)
    case 0x018: return flags(line)
    case 0x024: return UInt32(integerDivisor)
    case 0x028: return UInt32(fractionalDivisor)
    case 0x02C: return UInt32(lineControl)
    case 0x030: return UInt32(control)
    case 0x034: return UInt32(levelSelect)
    case 0x038: return UInt32(mask)
    case 0x03C: return UInt32(raw)
    case 0x040: return UInt32(raw & mask)
    case 0x048: return UInt32(dmaControl)
    case 0xFE0...0xFFF: return Self.identification(offset)
    default: return 0
    }
  }

  /// Carries out a write to a register.
  public mutating func write(_ offset: UInt32, _ value: UInt32, _ line: inout some SerialLine) {
    let half = UInt16(truncatingIfNeeded: value)
    switch offset {
    case 0x000:
      line.send(UInt8(truncatingIfNeeded: value))
      sent(line)
    case 0x024: integerDivisor = half
    case 0x028: fractionalDivisor = half & 0x3F
    case 0x02C: lineControl = half & 0xFF
    case 0x030: control = half
    case 0x034: levelSelect = half & 0x3F
    case 0x038: mask = half & 0x7FF
    case 0x044:
      raw &= ~half
      // What waits in the FIFO times out again.
      arrived(line)
    case 0x048: dmaControl = half & 7
    default: break
    }
  }

  /// Call when bytes arrived from outside.
  public mutating func arrived(_ line: some SerialLine) {
    if line.waiting > 0 { raw |= Self.timeoutInterrupt }
    if line.waiting >= receiveLevel { raw |= Self.receiveInterrupt }
  }

  /// Call when bytes left the ring behind the transmitter.
  public mutating func drained(_ line: some SerialLine) {
    if waitsForRoom, line.room >= Self.fifoDepth {
      waitsForRoom = false
      raw |= Self.transmitInterrupt
    }
  }

  mutating func received(_ line: some SerialLine) {
    if line.waiting == 0 { raw &= ~Self.timeoutInterrupt }
    if line.waiting < receiveLevel { raw &= ~Self.receiveInterrupt }
  }

  /// The transmit interrupt says that half a FIFO can be written without looking, so it needs that much room.
  mutating func sent(_ line: some SerialLine) {
    if line.room >= Self.fifoDepth {
      raw |= Self.transmitInterrupt
    } else {
      raw &= ~Self.transmitInterrupt
      waitsForRoom = true
    }
  }

  /// The receive FIFO's trigger level by UARTIFLS.RXIFLSEL; 1 without FIFOs (UARTLCR_H.FEN).
  var receiveLevel: Int {
    if lineControl & (1 << 4) == 0 { return 1 }
    switch (levelSelect >> 3) & 7 {
    case 0: return 4
    case 1: return 8
    case 2: return 16
    case 3: return 24
    default: return 28
    }
  }

  /// UARTFR: BUSY (3), RXFE (4), TXFF (5), RXFF (6), TXFE (7); CTS, DSR and DCD (0 to 2) asserted.
  func flags(_ line: some SerialLine) -> UInt32 {
    var value: UInt32 = 0x7
    if line.waiting == 0 { value |= 1 << 4 }
    if line.waiting >= Self.fifoDepth { value |= 1 << 6 }
    if line.room == 0 { value |= 1 << 5 }
    value |= line.room >= Self.fifoDepth ? 1 << 7 : 1 << 3
    return value
  }

  /// UARTPeriphID0 to 3 and UARTPCellID0 to 3.
  static func identification(_ offset: UInt32) -> UInt32 {
    switch offset {
    case 0xFE0: 0x11
    case 0xFE4: 0x10
    case 0xFE8: 0x34
    case 0xFEC: 0x00
    case 0xFF0: 0x0D
    case 0xFF4: 0xF0
    case 0xFF8: 0x05
    case 0xFFC: 0xB1
    default: 0
    }
  }
}
