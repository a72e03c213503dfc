import GuestSupport
import HostileSupport

/// Reaches through the distributor for lines that others own (Arm IHI 0069, 12.9). What is read back of them is 0.
struct DistributorAttacks {
  let surroundings: Surroundings

  private var base: UInt64 { surroundings.distributor.base }

  func run(_ report: inout Report) {
    report.attempt("gicd-enable-foreign-lines", .distributor, .emulated) { bits(set: 0x100, clear: 0x180, &$0) }
    report.attempt("gicd-pend-foreign-lines", .distributor, .emulated) { bits(set: 0x200, clear: 0x280, &$0) }
    report.attempt("gicd-activate-foreign-lines", .distributor, .emulated) { bits(set: 0x300, clear: 0x380, &$0) }
    report.attempt("gicd-group-of-foreign-lines", .distributor, .emulated) { bits(set: 0x080, clear: nil, &$0) }
    report.attempt("gicd-group-modifier-of-foreign-lines", .distributor, .emulated) {
      bits(set: 0xD00, clear: nil, &$0)
    }
    report.attempt("gicd-disable-foreign-lines", .distributor, .emulated) { bits(set: 0x180, clear: nil, &$0) }
    report.attempt("gicd-clear-foreign-lines", .distributor, .emulated) { bits(set: 0x280, clear: nil, &$0) }
    report.attempt("gicd-deactivate-foreign-lines", .distributor, .emulated) { bits(set: 0x380, clear: nil, &$0) }
    report.attempt("gicd-trigger-of-foreign-lines", .distributor, .emulated) { pairs(0xC00, &$0) }
    report.attempt("gicd-non-secure-access-of-foreign-lines", .distributor, .emulated) { pairs(0xE00, &$0) }
    report.attempt("gicd-priority-of-foreign-lines", .distributor, .emulated) { octets(0x400, &$0) }
    report.attempt("gicd-target-of-foreign-lines", .distributor, .emulated) { octets(0x800, &$0) }
    if !surroundings.isGICv2 { report.attempt("gicd-route-of-foreign-lines", .distributor, .emulated) { routes(&$0) } }
    report.attempt("gicd-message-for-any-line", .distributor, .emulated) { messages(&$0) }
    if !surroundings.isGICv2 {
      report.attempt("gicd-software-interrupts-of-gicv2", .distributor, .emulated) { oldSoftwareInterrupts(&$0) }
    }
    report.attempt("gicd-registers-in-every-size", .distributor, .emulated) { tally in
      WindowSweep(window: surroundings.distributor, isExhaustive: true).run(&tally, writing: 0xFFFF_FFFF_FFFF_FFFF)
    }
    report.attempt("gicd-groups-off", .distributor, .emulated) { groupsOff(&$0) }
  }

  /// Registers of one bit a line. `clear` is where what was set is taken back.
  private func bits(set: UInt64, clear: UInt64?, _ tally: inout Tally) {
    for word in UInt64(1)..<32 {
      let address = base + set + word * 4
      hostile_store32(address, 0xFFFF_FFFF)
      tally.tried(Trap.take())
      let foreign = hostile_load32(address) & ~surroundings.ownLines(word: word)
      tally.expect(foreign == 0, value: foreign, at: address)
      if let clear { hostile_store32(base + clear + word * 4, 0xFFFF_FFFF) }
    }
  }

  /// Registers of two bits a line.
  private func pairs(_ offset: UInt64, _ tally: inout Tally) {
    for word in UInt64(2)..<64 {
      let address = base + offset + word * 4
      hostile_store32(address, 0xFFFF_FFFF)
      tally.tried(Trap.take())
      let read = hostile_load32(address)
      for line in UInt64(0)..<16 where !isOwn(word * 16 + line) {
        let field = read >> (line * 2) & 3
        tally.expect(field == 0, value: field, at: address)
      }
    }
  }

  /// Registers of one byte a line.
  private func octets(_ offset: UInt64, _ tally: inout Tally) {
    for line in UInt64(32)..<1020 where !isOwn(line) {
      hostile_store8(base + offset + line, 0xFF)
      tally.tried(Trap.take())
      let value = hostile_load8(base + offset + line)
      tally.expect(value == 0, value: value, at: base + offset + line)
    }
    for line in stride(from: UInt64(32), to: 1020, by: 4) where !isOwn(line & ~3, count: 4) {
      hostile_store32(base + offset + line, 0xFFFF_FFFF)
      tally.tried(Trap.take())
      let value = hostile_load32(base + offset + line)
      tally.expect(value == 0, value: value, at: base + offset + line)
    }
  }

  /// GICD_IROUTER: to every CPU, to CPU 0, to any of them (bit 31).
  private func routes(_ tally: inout Tally) {
    for line in UInt64(32)..<1020 where !isOwn(line) {
      let address = base + 0x6000 + line * 8
      for shift in UInt64(0)..<3 {
        hostile_store64(address, shift == 0 ? 0 : shift == 1 ? 0xFF_00FF_FFFF : 1 << 31)
        tally.tried(Trap.take())
      }
      let value = hostile_load64(address)
      tally.expect(value == 0, value: value, at: address)
      let low = hostile_load32(address)
      tally.expect(low == 0, value: low, at: address)
    }
  }

  /// GICD_SETSPI_NSR, CLRSPI_NSR, SETSPI_SR, CLRSPI_SR with every INTID; none is pending afterwards.
  private func messages(_ tally: inout Tally) {
    for offset in stride(from: UInt64(0x40), through: 0x58, by: 8) {
      for line in UInt64(0)..<1024 {
        hostile_store32(base + offset, line)
        tally.tried(Trap.take())
      }
    }
    for word in UInt64(1)..<32 {
      let pending = hostile_load32(base + 0x200 + word * 4) & ~surroundings.ownLines(word: word)
      tally.expect(pending == 0, value: pending, at: word)
    }
  }

  /// GICD_SGIR and the pending bits of SGIs, which affinity routing puts out of use.
  private func oldSoftwareInterrupts(_ tally: inout Tally) {
    for filter in UInt64(0)..<4 {
      for line in UInt64(0)..<16 {
        hostile_store32(base + 0xF00, filter << 24 | 0xFF_0000 | line)
        tally.tried(Trap.take())
      }
    }
    for offset in stride(from: UInt64(0xF10), to: 0xF30, by: 4) {
      hostile_store32(base + offset, 0xFFFF_FFFF)
      tally.tried(Trap.take())
      let value = hostile_load32(base + offset)
      tally.expect(value == 0, value: value, at: base + offset)
    }
  }

  /// GICD_CTLR with everything off, on, and every single bit; then as the guest needs it. Whether the victim still gets
  /// its interrupts shows later.
  private func groupsOff(_ tally: inout Tally) {
    for bit in UInt64(0)..<32 {
      hostile_store32(base, 1 << bit)
      tally.tried(Trap.take())
    }
    hostile_store32(base, 0xFFFF_FFFF)
    hostile_store32(base, 0)
    tally.tried(Trap.take())
    hostile_store32(base, surroundings.distributorOn)
  }

  private func isOwn(_ line: UInt64) -> Bool { surroundings.ownLines(word: line / 32) >> (line % 32) & 1 == 1 }

  private func isOwn(_ line: UInt64, count: UInt64) -> Bool {
    for each in line..<(line + count) where isOwn(each) { return true }
    return false
  }
}
