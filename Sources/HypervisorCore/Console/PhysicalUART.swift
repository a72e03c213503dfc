import ImageFormat

/// The real UART, as far as EL2 uses it. Its speed and its pins stay as the boot loader left them.
public struct PhysicalUART<H: Hardware> {
  let hardware: H
  let base: UInt64
  let registers: UARTRegisters

  /// The UART of the partition; nil if EL2 has none.
  public init?(hardware: H, table: PartitionTable) {
    guard let registers = UARTRegisters.of(table.consoleKind) else { return nil }
    self.hardware = hardware
    self.registers = registers
    base = table.consoleBase
  }

  /// The transmitter takes a byte.
  public var hasRoom: Bool { holds(registers.hasRoom) }

  /// Everything is sent.
  public var isIdle: Bool { holds(registers.isIdle) }

  /// Sends a byte; there has to be room.
  public func send(_ byte: UInt8) { hardware.store32(base + UInt64(registers.send), UInt32(byte)) }

  /// The next received byte; nil if there is none.
  public func receive() -> UInt8? {
    holds(registers.hasReceived) ? UInt8(truncatingIfNeeded: load(UInt64(registers.receive))) : nil
  }

  /// Makes the UART work if the firmware has left it off, and lets a received byte interrupt, and nothing else.
  public func start(_ kind: UInt32) {
    switch ConsoleKind(rawValue: kind) {
    case .pl011: startPL011()
    case .cadence: startCadence()
    case .imx: startIMX()
    case .miniUART: startMiniUART()
    case nil, .some(.none): break
    }
  }

  /// Ends the interrupt of bytes that are about to be taken, where taking them does not. Of the known kinds only the
  /// Cadence UART remembers that its trigger was reached (Chnl_int_sts, cleared by writing ones).
  public func acknowledge(_ kind: UInt32) {
    if kind == ConsoleKind.cadence.rawValue { store(0x14, 1) }
  }

  /// Arm DDI 0183, 3.3.7 to 3.3.13. Reading the last byte ends the receive interrupts.
  func startPL011() {
    if load(0x30) & 1 == 0 { store(0x2C, 0x70) }  // UARTLCR_H: 8 bits, FIFOs on
    store(0x30, load(0x30) | 0x301)  // UARTCR: UARTEN, TXE, RXE
    store(0x44, 0x7FF)  // UARTICR
    store(0x38, 0x50)  // UARTIMSC: RXIM, RTIM
  }

  /// AMD UG1087, UART module. The trigger level 1 asserts RTRIG with the first byte.
  func startCadence() {
    if load(0) & (1 << 5 | 1 << 4) != 1 << 4 { store(0x04, 0x20) }  // mode: 8 bits, no parity, 1 stop bit
    store(0x00, 0x14)  // Control: TXEN, RXEN
    store(0x0C, 0x3FFF)  // Intrpt_dis
    store(0x20, 1)  // Rcvr_FIFO_trigger_level
    store(0x14, 0x3FFF)  // Chnl_int_sts
    store(0x08, 1)  // Intrpt_en: RTRIG
  }

  /// IMX8MPRM, UART. RRDY is asserted while at least RXTL bytes wait, so the threshold is 1.
  func startIMX() {
    if load(0x80) & 1 == 0 {
      store(0x88, 0x704)  // UCR3: RXDMUXSEL, which is always set on this chip, beside its value after reset
      store(0x84, 0x4020)  // UCR2: IRTS, WS (8 bits)
    }
    store(0x84, load(0x84) & ~0x8018 | 7)  // UCR2: TXEN, RXEN, SRST (no reset), no ESCI, RTSEN, ATEN
    store(0x88, load(0x88) & ~0x3878)  // UCR3: no DTREN, PARERREN, FRAERREN, RXDSEN, AIRINTEN, AWAKEN, DTRDEN
    store(0x8C, load(0x8C) & ~0x18F)  // UCR4: no ENIRI, WKEN, TCEN, BKEN, OREN, DREN
    store(0x90, load(0x90) & ~0x3F | 1)  // UFCR: RXTL
    store(0x80, 1 << 9 | 1)  // UCR1: RRDYEN, UARTEN
  }

  /// BCM2711 ARM Peripherals, 2.2.2. In AUX_MU_IER_REG bit 0 is the receiver's, as in a 16550 (the first document of the
  /// family, for the BCM2835, has bits 1 and 0 the other way round: see its errata), and bits 3:2 have to be set for it.
  func startMiniUART() {
    if load(0x20) & 3 != 3 {
      store(0x0C, 3)  // AUX_MU_LCR_REG: 8 bits
      store(0x20, 3)  // AUX_MU_CNTL_REG: transmitter and receiver on
    }
    store(0x04, 0xD)
  }

  func holds(_ condition: UARTRegisters.Condition) -> Bool {
    load(UInt64(condition.offset)) & UInt32(condition.mask) == UInt32(condition.value)
  }

  func load(_ offset: UInt64) -> UInt32 { hardware.load32(base + offset) }
  func store(_ offset: UInt64, _ value: UInt32) { hardware.store32(base + offset, value) }
}
