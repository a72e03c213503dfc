import HypervisorCore

/// Accesses of a domain to its virtual PL011, while bytes arrive and leave.
enum SerialTrial {
  /// The far side as the runtime's UART sees it.
  struct Wire: SerialLine {
    var incoming: [UInt8] = []
    var outgoing: [UInt8] = []
    var room: Int
    var waiting: Int { incoming.count }
    mutating func receive() -> UInt8? { incoming.isEmpty ? nil : incoming.removeFirst() }
    mutating func send(_ byte: UInt8) {
      if room == 0 { return }
      outgoing.append(byte)
      room -= 1
    }
  }

  static let offsets: [UInt32] = [0x00, 0x18, 0x24, 0x28, 0x2C, 0x30, 0x34, 0x38, 0x3C, 0x40, 0x44, 0x48]

  @Sendable static func run(_ bytes: [UInt8]) throws {
    var input = InputBytes(bytes)
    let room = Int(input.byte())
    var uart = VirtualPL011()
    var wire = Wire(room: room)
    var model = SerialModel(room: room)
    var step = 0
    while !input.isAtEnd {
      step += 1
      switch input.choice(8) {
      case 0:
        let bytes = (0..<input.choice(40)).map { UInt8($0) &+ UInt8(truncatingIfNeeded: step) }
        wire.incoming += bytes
        uart.arrived(wire)
        model.arrive(bytes)
      case 1:
        let bytes = Int(input.byte())
        wire.room += bytes
        uart.drained(wire)
        model.drain(bytes)
      case 2, 3:
        let offset = input.bool() ? input.choice(of: offsets) : UInt32(input.number(UInt16.self)) & 0xFFC
        try require(uart.read(offset, &wire), is: model.read(offset), "step \(step): read of \(hexadecimal(offset))")
      default:
        let offset = input.bool() ? input.choice(of: offsets) : UInt32(input.number(UInt16.self)) & 0xFFC
        let value = UInt32(input.number(UInt16.self)) | UInt32(input.byte()) << 24
        uart.write(offset, value, &wire)
        model.write(offset, value)
      }
      try require(uart.interrupt, is: model.interrupts, "step \(step): UARTINTR")
      try require(uart.waitsForRoom, is: model.isFull, "step \(step): waits for room")
      try require(wire.outgoing, is: model.outgoing, "step \(step): bytes sent")
      try require(wire.incoming.count, is: model.incoming.count, "step \(step): bytes left to receive")
    }
  }
}
