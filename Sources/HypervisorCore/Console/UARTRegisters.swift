import ImageFormat

/// Where a kind of UART has its data and its status: offsets from its base, and what bits say.
public struct UARTRegisters {
  /// A register in which some bits have to have a value.
  public struct Condition {
    /// Offset of the register.
    public var offset: UInt8
    /// The bits that count.
    public var mask: UInt16
    /// Their value.
    public var value: UInt16
  }

  /// The transmitter takes a byte.
  public var hasRoom: Condition
  /// There is a received byte.
  public var hasReceived: Condition
  /// Everything is sent, the last bit included.
  public var isIdle: Condition
  /// Offset of the register that sends, by writing a byte.
  public var send: UInt8
  /// Offset of the register that receives, by reading a byte.
  public var receive: UInt8

  /// The registers of a kind; nil for none, or a kind that this runtime does not know.
  public static func of(_ kind: UInt32) -> UARTRegisters? {
    switch ConsoleKind(rawValue: kind) {
    case .pl011: pl011
    case .cadence: cadence
    case .imx: imx
    case .miniUART: miniUART
    case nil, .some(.none): nil
    }
  }

  /// Arm DDI 0183, 3.3.3: UARTFR has TXFF in bit 5, RXFE in bit 4, BUSY in bit 3. UARTDR is at 0.
  static var pl011: UARTRegisters {
    UARTRegisters(
      hasRoom: Condition(offset: 0x18, mask: 1 << 5, value: 0),
      hasReceived: Condition(offset: 0x18, mask: 1 << 4, value: 0),
      isIdle: Condition(offset: 0x18, mask: 1 << 3, value: 0), send: 0, receive: 0)
  }

  /// AMD UG1087, UART module: Channel_sts at 0x2C has TACTIVE in bit 11, TFUL in bit 4, TEMPTY in
  /// bit 3, REMPTY in bit 1. TX_RX_FIFO is at 0x30.
  static var cadence: UARTRegisters {
    UARTRegisters(
      hasRoom: Condition(offset: 0x2C, mask: 1 << 4, value: 0),
      hasReceived: Condition(offset: 0x2C, mask: 1 << 1, value: 0),
      isIdle: Condition(offset: 0x2C, mask: 1 << 11 | 1 << 3, value: 1 << 3), send: 0x30, receive: 0x30)
  }

  /// NXP i.MX 8M Plus Reference Manual (IMX8MPRM), Universal Asynchronous Receiver/Transmitter: UTS at 0xB4 has RXEMPTY
  /// in bit 5 and TXFULL in bit 4; USR2 at 0x98 has TXDC in bit 3. UTXD is at 0x40, URXD at 0.
  static var imx: UARTRegisters {
    UARTRegisters(
      hasRoom: Condition(offset: 0xB4, mask: 1 << 4, value: 0),
      hasReceived: Condition(offset: 0xB4, mask: 1 << 5, value: 0),
      isIdle: Condition(offset: 0x98, mask: 1 << 3, value: 1 << 3), send: 0x40, receive: 0)
  }

  /// BCM2711 ARM Peripherals, 2.2: AUX_MU_LSR_REG at 0x14 of the UART's own registers (which begin with AUX_MU_IO_REG)
  /// has "transmitter idle" in bit 6, "transmitter empty" (room for a byte) in bit 5, "data ready" in bit 0.
  static var miniUART: UARTRegisters {
    UARTRegisters(
      hasRoom: Condition(offset: 0x14, mask: 1 << 5, value: 1 << 5),
      hasReceived: Condition(offset: 0x14, mask: 1, value: 1),
      isIdle: Condition(offset: 0x14, mask: 1 << 6, value: 1 << 6), send: 0, receive: 0)
  }
}
