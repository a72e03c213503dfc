import HostileSupport

/// Reads and writes every offset of an emulated window in every size, aligned and not. Each is answered or aborted; what
/// counts is that the hypervisor lives through it and that nothing leaks out of the window.
struct WindowSweep {
  let window: Window
  /// Offsets below this one are read, but not written.
  var firstWritten: UInt64 = 0

  func run(_ tally: inout Tally, writing value: UInt64) {
    var offset: UInt64 = 0
    while offset < window.size {
      let address = window.base + offset
      read(address, &tally)
      if offset >= firstWritten { write(address, value, &tally) }
      offset += 1
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
