import HostileSupport

/// Reads and writes of an emulated window in every size, aligned and not. Each is answered or aborted; what counts is
/// that the hypervisor lives through it and that nothing leaks out of the window.
struct WindowSweep {
  let window: Window
  /// Offsets below this one are read, but not written.
  var firstWritten: UInt64 = 0
  /// Every offset is tried, not only those where registers are.
  var isExhaustive = false

  /// All offsets, or every offset in the first and the last 4 KiB of each 64 KiB, where the registers are, and in between
  /// those at multiples of 8 and one beside each.
  func run(_ tally: inout Tally, writing value: UInt64) {
    var offset: UInt64 = 0
    while offset < window.size {
      let address = window.base + offset
      read(address, &tally)
      if offset >= firstWritten { write(address, value, &tally) }
      let inFrame = offset & 0xFFFF
      let isDense = inFrame < 0x1000 || inFrame >= 0xF000
      offset += isExhaustive || isDense || offset & 7 == 0 ? 1 : 7
    }
  }

  private func read(_ address: UInt64, _ tally: inout Tally) {
    _ = hostile_load8(address)
    tally.tried(Trap.take())
    _ = hostile_load16(address)
    tally.tried(Trap.take())
    _ = hostile_load32(address)
    tally.tried(Trap.take())
    _ = hostile_load64(address)
    tally.tried(Trap.take())
  }

  private func write(_ address: UInt64, _ value: UInt64, _ tally: inout Tally) {
    hostile_store8(address, value)
    tally.tried(Trap.take())
    hostile_store16(address, value)
    tally.tried(Trap.take())
    hostile_store32(address, value)
    tally.tried(Trap.take())
    hostile_store64(address, value)
    tally.tried(Trap.take())
  }
}
