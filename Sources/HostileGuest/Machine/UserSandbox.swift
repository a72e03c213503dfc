import GuestKit
import GuestSupport
import HostileSupport

/// Runs any instruction at EL0, in AArch64 or AArch32, and survives it: stage 1 keeps the guest's own memory from EL0, and
/// a timer ends what runs for ever. Everything else, the virtual devices and what is not the guest's, lies open to EL0.
struct UserSandbox {
  /// Which instructions run.
  enum State: UInt64 {
    /// AArch64 at EL0.
    case a64 = 0x000
    /// AArch32 user mode, A32 (Arm DDI 0487, C5.2.19: M[4:0] = 0b10000).
    case a32 = 0x010
    /// AArch32 user mode, T32.
    case t32 = 0x030
  }

  private static var blockSize: UInt64 { 2 << 20 }

  private let surroundings: Surroundings
  private let registers: UInt64
  /// A block of the guest's memory that holds nothing else.
  let block: UInt64

  /// Turns translation on. `nil` where the guest's memory does not lie within 1 GiB or has no free block.
  init?(_ surroundings: Surroundings) {
    let memory = surroundings.memory
    let base = memory.base & ~(UserSandbox.blockSize - 1)
    block = base + 8 * UserSandbox.blockSize
    guard memory.size >= 10 * UserSandbox.blockSize, memory.base >> 30 == (memory.base + memory.size - 1) >> 30 else {
      return nil
    }
    self.surroundings = surroundings
    registers = hostile_register_file(hostile_cpu_number())
    // What is still pending from before would end the first run.
    endInterrupts()
    fillTables()
    let table = hostile_translation_table_address()
    hostile_translation_on(table, table)
  }

  /// Block and table descriptors (Arm DDI 0487, D8.3): AF, inner shareable, AP, UXN.
  private func fillTables() {
    let common: UInt64 = 0b01 | 1 << 10 | 3 << 8
    let user: UInt64 = 1 << 6
    let neverExecutedByUser: UInt64 = 1 << 54
    let first = hostile_translation_table_address()
    let second = hostile_second_level_table_address()
    let gigabyte = surroundings.memory.base >> 30
    for index in UInt64(0)..<512 {
      hostile_store64(first + index * 8, index << 30 | common | user | neverExecutedByUser)
      let start = gigabyte << 30 | index << 21
      let isOwn = surroundings.memory.contains(start) || surroundings.memory.contains(start + UserSandbox.blockSize - 1)
      let rights = start == block ? user : isOwn ? neverExecutedByUser : user | neverExecutedByUser
      hostile_store64(second + index * 8, start | common | rights)
    }
    hostile_store64(first + gigabyte * 8, second | 0b11)
    hostile_barrier()
  }

  /// A general-purpose register.
  subscript(_ number: UInt64) -> UInt64 {
    get { hostile_load64(registers + number * 8) }
    nonmutating set { hostile_store64(registers + number * 8, newValue) }
  }

  /// Gives every register the same value.
  func fill(_ value: UInt64) {
    for number in 0..<UInt64(31) { self[number] = value }
  }

  /// Runs one instruction; `nil` if nothing came of it but the SVC behind it, or the timer. An emulator may pause for a
  /// while, so the limit is short only for what may run for ever.
  func run(_ instruction: UInt32, in state: State, mayRunForever: Bool = false) -> Trap? {
    guest_store32(block, instruction)
    switch state {
    case .a64: guest_store32(block + 4, 0xD400_0001)
    case .a32: guest_store32(block + 4, 0xEF00_0000)
    case .t32: guest_store32(block + 4, 0xDF00_DF00)
    }
    hostile_publish_code(block)
    if mayRunForever { letTimerThrough() }
    hostile_clear()
    let interrupts = hostile_interrupts()
    hostile_write_cntv_cval(guest_counter() + guest_counter_frequency() * 60 / (mayRunForever ? 30_000 : 1))
    hostile_write_cntv_ctl(1)
    hostile_run(block, registers, state.rawValue)
    hostile_write_cntv_ctl(0)
    if hostile_interrupts() != interrupts { endInterrupts() }
    guard let trap = Trap.take(), !trap.isSupervisorCall else { return nil }
    return trap
  }

  /// What ran before may have turned the timer's interrupt off, at the distributor or at the CPU's own interface, which
  /// on a GICv2 lies open to EL0 as well: disabled, active, of the lowest priority, or behind a priority that never ends.
  private func letTimerThrough() {
    let frame = surroundings.privateInterrupts
    let timers = UInt64(surroundings.timerInterrupts)
    hostile_store32(surroundings.distributor.base, surroundings.distributorOn)
    hostile_store32(frame + 0x380, timers)
    for word in stride(from: UInt64(16), to: 32, by: 4) { hostile_store32(frame + 0x400 + word, 0x8080_8080) }
    hostile_store32(frame + 0x100, timers)
    surroundings.forgetActivePriorities()
    surroundings.openInterface()
  }

  private func endInterrupts() {
    var remaining = 16
    while remaining > 0 {
      let intid = surroundings.acknowledge()
      if intid & 0x3FF >= 1020 { return }
      surroundings.end(intid)
      remaining -= 1
    }
  }
}
