import GuestKit
import HostileSupport

/// Everything that is somebody else's, by a device's DMA in both directions, in place of the CPU's loads and stores. Whether
/// a write got through, only a look at memory from outside tells, and the hypervisor's count of what was refused.
struct DMAAttacks {
  private static var mostDevices: Int { 8 }
  private static var pattern: UInt64 { 0x0BAD_DA7A_0BAD_DA7A }
  /// Bytes that one attempt moves: so few that it comes as one access.
  private static var count: UInt64 { 8 }

  let surroundings: Surroundings
  let host: PCIHost
  private var registers = InlineArray<8, UInt64>(repeating: 0)
  private(set) var deviceCount = 0

  /// Finds the devices on the first bus.
  init(_ surroundings: Surroundings, _ host: PCIHost) {
    self.surroundings = surroundings
    self.host = host
    for slot in UInt64(0)..<32 where deviceCount < Self.mostDevices && host.identity(of: slot) == EduDevice.identity {
      let offset = UInt64(deviceCount) * EduDevice.size
      host.place(slot, at: offset)
      registers[deviceCount] = host.memory.base + offset
      deviceCount += 1
    }
  }

  /// All attempts.
  func run(_ report: inout Report) {
    report.attempt("dma-within-its-own-memory", .pages, .own) { within(&$0) }
    report.attempt("dma-to-neighbours", .pages) { all(.neighbourMemory, &$0) }
    report.attempt("dma-to-the-hypervisor", .pages) { all(.hypervisorMemory, &$0) }
    report.attempt("dma-to-firmware", .pages) { all(.firmwareMemory, &$0) }
    report.attempt("dma-to-memory-that-nobody-has", .pages) { all(.unassignedMemory, &$0) }
    report.attempt("dma-to-channels", .pages) { all(.channel, &$0) }
    report.attempt("dma-to-devices-of-neighbours", .pages) { all(.neighbourDevice, &$0) }
    report.attempt("dma-to-devices-of-the-hypervisor", .pages) { all(.hypervisorDevice, &$0) }
    report.attempt("dma-to-devices-that-nobody-has", .pages) { all(.unassignedDevice, &$0) }
    report.attempt("dma-to-its-own-devices", .pages) { attempt(host.configuration.base, 0, &$0) }
    report.attempt("dma-around-its-own-memory", .pages) { tally in
      attempt(surroundings.memory.base - 0x1000, 0, &tally)
      attempt(surroundings.memory.base + surroundings.memory.size, 1, &tally)
    }
    report.attempt("dma-above-every-address", .pages) { tally in
      // QEMU's model hears of nothing above: its addresses have 44 bits.
      for bit in UInt64(36)..<44 { attempt(1 << bit, Int(bit), &tally) }
    }
  }

  /// Foreign memory with all devices, a page at a time, for ever.
  func flood() -> Never {
    let target = surroundings.memory.base - 0x2000
    while true {
      for index in 0..<deviceCount where !device(index).isBusy { device(index).store(to: target, EduDevice.bufferSize) }
      hostile_yield()
    }
  }

  private func device(_ index: Int) -> EduDevice { EduDevice(registers: registers[index % max(1, deviceCount)]) }

  /// Two pages in the middle of the guest's memory that nothing else uses.
  private var own: UInt64 { surroundings.memory.base + surroundings.memory.size / 2 }

  /// Each device moves a page through its buffer to another page.
  private func within(_ tally: inout Tally) {
    for index in 0..<deviceCount {
      for offset in stride(from: UInt64(0), to: EduDevice.bufferSize, by: 8) {
        hostile_store64(own + offset, Self.pattern &+ offset)
        hostile_store64(own + EduDevice.bufferSize + offset, 0)
      }
      device(index).load(from: own, EduDevice.bufferSize)
      device(index).finish()
      device(index).store(to: own + EduDevice.bufferSize, EduDevice.bufferSize)
      device(index).finish()
      tally.tried(2)
      var isSame = true
      for offset in stride(from: UInt64(0), to: EduDevice.bufferSize, by: 8)
      where hostile_load64(own + EduDevice.bufferSize + offset) != Self.pattern &+ offset { isSame = false }
      tally.expect(isSame, value: UInt64(index), at: own)
    }
  }

  /// The first, the middle and the last page of each run of a kind.
  private func all(_ kind: ForeignMap.Kind, _ tally: inout Tally) {
    guard let map = surroundings.foreign else { return }
    var turn = 0
    map.forEach { entry in
      guard entry.kind == kind else { return }
      let pages = (entry.last - entry.base) / 0x1000 + 1
      attempt(entry.base, turn, &tally)
      if pages > 2 { attempt(entry.base + pages / 2 * 0x1000 + 0x7F8, turn + 1, &tally) }
      if pages > 1 { attempt(entry.base + (pages - 1) * 0x1000 + 0xFF8, turn + 2, &tally) }
      turn += 3
    }
  }

  /// A write of what the device holds, then a read; what was read is put where the guest can see it.
  private func attempt(_ address: UInt64, _ turn: Int, _ tally: inout Tally) {
    let device = device(turn)
    hostile_store64(own, Self.pattern)
    device.load(from: own, Self.count)
    device.finish()
    device.store(to: address, Self.count)
    device.finish()
    device.load(from: address, Self.count)
    device.finish()
    device.store(to: own, Self.count)
    device.finish()
    tally.tried(2)
    // A read that is refused leaves what the device had, or zeros.
    let found = hostile_load64(own)
    tally.expect(found == 0 || found == Self.pattern, value: found, at: address)
  }
}
