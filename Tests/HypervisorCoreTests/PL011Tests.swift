import HypervisorCore
import Testing

@Suite struct PL011Tests {
  struct Wire: SerialLine {
    var incoming: [UInt8] = []
    var outgoing: [UInt8] = []
    var room = 1000
    var waiting: Int { incoming.count }
    mutating func receive() -> UInt8? { incoming.isEmpty ? nil : incoming.removeFirst() }
    mutating func send(_ byte: UInt8) {
      if room == 0 { return }
      outgoing.append(byte)
      room -= 1
    }
  }

  @Test func `Linux's amba bus finds an Arm PL011 with a FIFO of 32`() {
    var uart = VirtualPL011()
    var wire = Wire()
    var peripheral: UInt32 = 0
    var cell: UInt32 = 0
    for index in 0..<4 as Range<UInt32> {
      peripheral |= uart.read(0xFE0 + index * 4, &wire) << (index * 8)
      cell |= uart.read(0xFF0 + index * 4, &wire) << (index * 8)
    }
    #expect(peripheral & 0xF_FFFF == 0x4_1011)
    // Linux: a revision below 3 has 16 bytes, any other 32.
    #expect(peripheral >> 20 & 0xF == 3)
    #expect(cell == 0xB105_F00D)
  }

  @Test func `registers keep the bits that they have`() {
    var uart = VirtualPL011()
    var wire = Wire()
    for (offset, mask) in [
      (0x24, 0xFFFF), (0x28, 0x3F), (0x2C, 0xFF), (0x30, 0xFFFF), (0x34, 0x3F), (0x38, 0x7FF), (0x48, 7),
    ] as [(UInt32, UInt32)] {
      uart.write(offset, .max, &wire)
      #expect(uart.read(offset, &wire) == mask)
    }
    #expect(wire.outgoing.isEmpty)
  }

  @Test func `the receive interrupts come and go with the level of the FIFO`() {
    var uart = VirtualPL011()
    var wire = Wire()
    uart.write(0x2C, 0x70, &wire)
    uart.write(0x34, 0, &wire)  // an eighth: 4 bytes
    wire.incoming = [1, 2, 3]
    uart.arrived(wire)
    #expect(uart.read(0x3C, &wire) == 1 << 6)
    wire.incoming.append(4)
    uart.arrived(wire)
    #expect(uart.read(0x3C, &wire) == 1 << 6 | 1 << 4)
    #expect(!uart.interrupt)
    uart.write(0x38, 1 << 4, &wire)
    #expect(uart.interrupt && uart.read(0x40, &wire) == 1 << 4)
    #expect(uart.read(0, &wire) == 1)
    #expect(!uart.interrupt && uart.read(0x3C, &wire) == 1 << 6)
    for byte in 2...4 as ClosedRange<UInt32> { #expect(uart.read(0, &wire) == byte) }
    #expect(uart.read(0x3C, &wire) == 0)
    #expect(uart.read(0x18, &wire) & (1 << 4) != 0)
  }

  @Test func `the transmit interrupt promises room for half a FIFO`() {
    var uart = VirtualPL011()
    var wire = Wire()
    wire.room = 40
    for _ in 0..<60 {
      uart.write(0, 0x55, &wire)
      #expect((uart.read(0x3C, &wire) & (1 << 5) != 0) == (wire.room >= 32))
    }
    #expect(wire.outgoing.count == 40 && uart.waitsForRoom)
    #expect(uart.read(0x18, &wire) & (1 << 5 | 1 << 7) == 1 << 5)
    wire.room = 31
    uart.drained(wire)
    #expect(uart.read(0x3C, &wire) & (1 << 5) == 0)
    wire.room = 32
    uart.drained(wire)
    #expect(uart.read(0x3C, &wire) & (1 << 5) != 0 && !uart.waitsForRoom)
    uart.write(0x44, 1 << 5, &wire)
    #expect(uart.read(0x3C, &wire) == 0)
  }
}
