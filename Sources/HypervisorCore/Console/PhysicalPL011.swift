/// The real UART, an Arm PL011 (Arm DDI 0183), as far as EL2 uses it.
public struct PhysicalPL011<H: Hardware> {
  let hardware: H
  let base: UInt64

  /// The UART at a physical address.
  public init(hardware: H, base: UInt64) {
    self.hardware = hardware
    self.base = base
  }

  /// Makes the UART work if the firmware has left it off, and lets received bytes interrupt.
  public func start() {
    if hardware.load32(base + 0x30) & 1 == 0 {
      hardware.store32(base + 0x2C, 0x70)  // UARTLCR_H: 8 bits, FIFOs on
      hardware.store32(base + 0x30, 0x301)  // UARTCR: UARTEN, TXE, RXE
    }
    hardware.store32(base + 0x44, 0x7FF)  // UARTICR
    hardware.store32(base + 0x38, 0x50)  // UARTIMSC: RXIM, RTIM
  }

  /// The transmitter takes a byte (UARTFR.TXFF clear).
  public var hasRoom: Bool { hardware.load32(base + 0x18) & (1 << 5) == 0 }

  /// The transmitter is still sending (UARTFR.BUSY).
  public var isBusy: Bool { hardware.load32(base + 0x18) & (1 << 3) != 0 }

  /// Sends a byte; there has to be room.
  public func send(_ byte: UInt8) { hardware.store32(base, UInt32(byte)) }

  /// The next received byte; nil if there is none (UARTFR.RXFE). Reading the last one ends the receive interrupts.
  public func receive() -> UInt8? {
    hardware.load32(base + 0x18) & (1 << 4) == 0 ? UInt8(truncatingIfNeeded: hardware.load32(base)) : nil
  }
}
