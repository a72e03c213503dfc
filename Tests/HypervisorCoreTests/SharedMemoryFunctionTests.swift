import HypervisorCore
import Testing

@Suite struct SharedMemoryFunctionTests {
  let function = SharedMemoryFunction(registers: 0x900_0000, memory: 0x1_7FE0_0000, size: 0x3000)
  let registers = SharedMemoryRegisters(position: 2)

  @Test func `it is the shared-memory device of QEMU's specification, without messages and with one INTx`() {
    let state = SharedMemoryFunctionState()
    #expect(function.readConfiguration(0x00, size: 4, state) == 0x1110_1AF4)
    #expect(function.readConfiguration(0x08, size: 1, state) == 0)
    #expect(function.readConfiguration(0x0A, size: 2, state) == 0x0500)
    #expect(function.readConfiguration(0x0E, size: 1, state) == 0)
    #expect(function.readConfiguration(0x3D, size: 1, state) == 1)
  }

  @Test func `the one capability is Enhanced Allocation, and as Linux reads it the ranges are the plan's`() {
    let state = SharedMemoryFunctionState()
    func word(_ offset: UInt32) -> UInt64 { function.readConfiguration(offset, size: 4, state) }
    #expect(word(0x04) >> 16 & 0x10 != 0)
    let capability = UInt32(word(0x34) & 0xFF)
    #expect(word(capability) & 0xFFFF == 0x14)
    var offset = capability + 4
    var found: [(bar: UInt64, property: UInt64, first: UInt64, last: UInt64)] = []
    for _ in 0..<(word(capability) >> 16 & 0x3F) {
      let head = word(offset)
      #expect(head >> 31 == 1)
      let base = word(offset + 4)
      let most = word(offset + 8)
      #expect(base & 2 != 0 && most & 2 != 0)
      let first = word(offset + 12) << 32 | base & ~3
      let length = word(offset + 16) << 32 | most | 3
      found.append((head >> 4 & 15, head >> 8 & 0xFF, first, first + length))
      offset += UInt32(((head & 7) + 1) * 4)
    }
    #expect(found.map(\.bar) == [0, 2])
    #expect(found.map(\.property) == [0, 1])
    #expect(found.map(\.first) == [0x900_0000, 0x1_7FE0_0000])
    #expect(found.map(\.last) == [0x900_00FF, 0x1_7FE0_2FFF])
  }

  @Test func `BARs read as zero whatever is written, so nothing moves`() {
    let state = SharedMemoryFunctionState()
    for offset in stride(from: UInt32(0x10), to: 0x28, by: 4) {
      function.writeConfiguration(offset, size: 4, 0xFFFF_FFFF, state)
      #expect(function.readConfiguration(offset, size: 4, state) == 0)
    }
  }

  @Test func `of the whole configuration space only three bits of Command can be written, in any width`() {
    let state = SharedMemoryFunctionState()
    let before = (0..<64).map { function.readConfiguration(UInt32($0) * 4, size: 4, state) }
    for size in [1, 2, 4] {
      for offset in stride(from: UInt32(0), to: 256, by: size) {
        function.writeConfiguration(offset, size: size, .max, state)
      }
      #expect(function.readConfiguration(0x04, size: 2, state) == 0x0406)
      for offset in stride(from: UInt32(0), to: 256, by: size) {
        function.writeConfiguration(offset, size: size, 0, state)
      }
      #expect((0..<64).map { function.readConfiguration(UInt32($0) * 4, size: 4, state) } == before)
    }
    function.writeConfiguration(0x05, size: 1, 0x04, state)
    function.writeConfiguration(0x04, size: 1, 0x06, state)
    #expect(function.readConfiguration(0x04, size: 2, state) == 0x0406)
  }

  @Test func `an access of eight bytes is answered by nobody`() {
    let state = SharedMemoryFunctionState()
    function.writeConfiguration(0x00, size: 8, .max, state)
    #expect(function.readConfiguration(0x00, size: 8, state) == .max)
    #expect(function.readConfiguration(0x04, size: 2, state) == 0)
    #expect(registers.read(0x0, size: 8, state) == 0)
    #expect(registers.write(0x8, size: 8, .max, state) == nil)
  }

  @Test func `INTA follows status, mask and Interrupt Disable, as uio_pci_generic uses them`() {
    let state = SharedMemoryFunctionState()
    #expect(state.ring() == true)
    #expect(state.interrupt == false)
    #expect(registers.write(0x0, size: 4, .max, state) == nil)
    #expect(registers.read(0x0, size: 4, state) == 1)
    #expect(state.interrupt == true)
    #expect(function.readConfiguration(0x06, size: 2, state) & 8 != 0)
    // The kernel's handler masks and leaves the device's own register to user space.
    function.writeConfiguration(0x04, size: 2, 0x0406, state)
    #expect(state.interrupt == false)
    #expect(function.readConfiguration(0x06, size: 2, state) & 8 != 0)
    #expect(registers.read(0x4, size: 4, state) == 1)
    function.writeConfiguration(0x04, size: 2, 0x0006, state)
    #expect(state.interrupt == false)
    #expect(registers.read(0x4, size: 4, state) == 0)
  }

  @Test func `rings before anybody looks are one`() {
    let state = SharedMemoryFunctionState()
    #expect(state.ring() == true)
    #expect(state.ring() == false)
    #expect(registers.read(0x4, size: 4, state) == 1)
    #expect(state.ring() == true)
  }

  @Test func `a write to Doorbell names a peer, and IVPosition is its own number`() {
    let state = SharedMemoryFunctionState()
    #expect(registers.write(0xC, size: 4, 0x0001_0007, state) == 1)
    #expect(registers.read(0x8, size: 4, state) == 2)
    #expect(registers.read(0xC, size: 4, state) == 0)
    #expect(registers.write(0x10, size: 4, .max, state) == nil)
  }

  @Test func `a reset forgets everything`() {
    let state = SharedMemoryFunctionState()
    _ = registers.write(0x0, size: 4, 1, state)
    function.writeConfiguration(0x04, size: 2, 0x0406, state)
    _ = state.ring()
    state.reset()
    #expect(function.readConfiguration(0x04, size: 4, state) == 1 << 20)
    #expect(registers.read(0x0, size: 4, state) == 0)
    #expect(registers.read(0x4, size: 4, state) == 0)
  }
}
