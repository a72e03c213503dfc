import HostileSupport

/// QEMU's teaching device on PCI (docs/specs/edu.rst there): it moves up to 4 KiB between its own buffer and any
/// address that its driver names.
struct EduDevice {
  /// Vendor 1234, device 11e8.
  static var identity: UInt64 { 0x11E8_1234 }
  /// Bytes of its registers.
  static var size: UInt64 { 1 << 20 }
  /// Its buffer, by the addresses that its DMA registers take.
  private static var buffer: UInt64 { 0x4_0000 }
  static var bufferSize: UInt64 { 4096 }

  /// First register.
  let registers: UInt64

  /// From memory into the buffer.
  func load(from address: UInt64, _ count: UInt64) { begin(address, Self.buffer, count, 0b001) }

  /// From the buffer into memory.
  func store(to address: UInt64, _ count: UInt64) { begin(Self.buffer, address, count, 0b011) }

  private func begin(_ source: UInt64, _ destination: UInt64, _ count: UInt64, _ command: UInt64) {
    hostile_barrier()
    hostile_store64(registers + 0x80, source)
    hostile_store64(registers + 0x88, destination)
    hostile_store64(registers + 0x90, count)
    hostile_store64(registers + 0x98, command)
  }

  /// It has not finished.
  var isBusy: Bool { hostile_load64(registers + 0x98) & 1 == 1 }

  /// Waits until it has finished: a tenth of a second of the machine's time.
  func finish() {
    while isBusy { hostile_yield() }
    hostile_barrier()
  }
}
