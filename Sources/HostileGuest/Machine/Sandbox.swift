import GuestSupport
import HostileSupport

/// Runs any instruction at EL1 with chosen registers, and survives it.
struct Sandbox {
  private let slot: UInt64
  private let registers: UInt64

  /// The sandbox of the CPU that this runs on.
  init() {
    let cpu = hostile_cpu_number()
    slot = hostile_slot_page(cpu)
    registers = hostile_register_file(cpu)
  }

  /// A general-purpose register as the next instruction finds it, or as the last one left it.
  subscript(_ number: UInt64) -> UInt64 {
    get { hostile_load64(registers + number * 8) }
    nonmutating set { hostile_store64(registers + number * 8, newValue) }
  }

  /// Gives every register the same value.
  func fill(_ value: UInt64) {
    for number in 0..<UInt64(31) { self[number] = value }
  }

  /// Runs one instruction.
  func run(_ instruction: UInt32) -> Trap? {
    write(instruction, at: 0)
    writeReturn(at: 1)
    hostile_publish_code(slot)
    return enter(slot)
  }

  /// How many instructions `runSequence` takes at most.
  static var capacity: UInt64 { 1000 }

  /// Runs instructions one after the other; the first exception ends it.
  func runSequence(count: UInt64, _ instruction: (UInt64) -> UInt32) -> Trap? {
    let count = min(count, Sandbox.capacity)
    for index in 0..<count { write(instruction(index), at: index) }
    writeReturn(at: count)
    var line = slot
    while line <= slot + count * 4 {
      hostile_publish_code(line)
      // The smallest cache line that the architecture has (CTR_EL0.IminLine and DminLine of 0 would be 4 bytes; no
      // implementation goes below 16).
      line += 16
    }
    return enter(slot)
  }

  /// Fetches from an address.
  func enter(_ address: UInt64) -> Trap? {
    hostile_clear()
    // EL1h, everything masked.
    hostile_run(address, registers, 0x3C5)
    return Trap.take()
  }

  private func write(_ instruction: UInt32, at index: UInt64) { guest_store32(slot + index * 4, instruction) }

  /// b hostile_run_back
  private func writeReturn(at index: UInt64) {
    let distance = hostile_run_back_address() &- (slot + index * 4)
    write(0x1400_0000 | UInt32(truncatingIfNeeded: distance >> 2) & 0x3FF_FFFF, at: index)
  }
}
