import GuestSupport
import GuestTree

/// A kind of UART that a guest can drive by polling.
enum UARTKind {
  /// Arm DDI 0183, chapter 3.
  case pl011
  /// AMD UG1087, UART module.
  case cadence
  /// NXP i.MX 8M Plus Reference Manual, Universal Asynchronous Receiver/Transmitter.
  case imx
  /// BCM2711 ARM Peripherals, section 2.2; its registers begin with AUX_MU_IO_REG, and take accesses of 32 bits only.
  case miniUART

  /// The kind that a node describes; `nil` for one that is not known here.
  init?(of node: TreeNode, in tree: Span<UInt8>) {
    if node.isCompatible(with: "arm,pl011", in: tree) {
      self = .pl011
    } else if node.isCompatible(with: "cdns,uart-r1p12", in: tree) {
      self = .cadence
    } else if node.isCompatible(with: "fsl,imx6q-uart", in: tree) {
      self = .imx
    } else if node.isCompatible(with: "brcm,bcm2835-aux-uart", in: tree) {
      self = .miniUART
    } else {
      return nil
    }
  }

  /// Turns transmitter and receiver on, which a boot loader does for its own UART alone. The line's speed stays as it is.
  func start(at base: UInt64) {
    switch self {
    case .pl011:
      // UARTCR: UARTEN, TXE, RXE.
      UARTKind.change(base + 0x30, clear: 0, set: 1 << 9 | 1 << 8 | 1)
    case .cadence:
      // Control: no TXDIS and RXDIS, but TXEN and RXEN.
      UARTKind.change(base, clear: 1 << 5 | 1 << 3, set: 1 << 4 | 1 << 2)
    case .imx:
      // UCR1: UARTEN. UCR2: IRTS, WS (8 bits), TXEN, RXEN, and SRST, which resets while it is 0.
      UARTKind.change(base + 0x80, clear: 0, set: 1)
      UARTKind.change(base + 0x84, clear: 0, set: 1 << 14 | 1 << 5 | 1 << 2 | 1 << 1 | 1)
    case .miniUART:
      // AUX_MU_LCR_REG: 8 bits. AUX_MU_CNTL_REG: transmitter and receiver.
      UARTKind.change(base + 0x0C, clear: 0, set: 3)
      UARTKind.change(base + 0x20, clear: 0, set: 3)
    }
  }

  /// Whether the transmitter has room for a character.
  func hasRoom(at base: UInt64) -> Bool {
    switch self {
    case .pl011: guest_load32(base + 0x18) & 1 << 5 == 0  // UARTFR.TXFF
    case .cadence: guest_load32(base + 0x2C) & 1 << 4 == 0  // Channel_sts.TFUL
    case .imx: guest_load32(base + 0xB4) & 1 << 4 == 0  // UTS.TXFULL
    case .miniUART: guest_load32(base + 0x14) & 1 << 5 != 0  // AUX_MU_LSR_REG, transmitter empty
    }
  }

  /// Whether a character has come in.
  func hasCharacter(at base: UInt64) -> Bool {
    switch self {
    case .pl011: guest_load32(base + 0x18) & 1 << 4 == 0  // UARTFR.RXFE
    case .cadence: guest_load32(base + 0x2C) & 1 << 1 == 0  // Channel_sts.REMPTY
    case .imx: guest_load32(base + 0xB4) & 1 << 5 == 0  // UTS.RXEMPTY
    case .miniUART: guest_load32(base + 0x14) & 1 != 0  // AUX_MU_LSR_REG, data ready
    }
  }

  /// Offset of the register that takes a character.
  var transmit: UInt64 {
    switch self {
    case .pl011, .miniUART: 0
    case .cadence: 0x30
    case .imx: 0x40
    }
  }

  /// Offset of the register that gives one, in its bits 7 to 0.
  var receive: UInt64 { self == .cadence ? 0x30 : 0 }

  private static func change(_ register: UInt64, clear: UInt32, set: UInt32) {
    guest_store32(register, guest_load32(register) & ~clear | set)
  }
}
