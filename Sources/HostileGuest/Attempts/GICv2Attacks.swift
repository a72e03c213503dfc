import GuestKit
import GuestSupport
import HostileSupport

/// What only a GICv2 has: SGIs by a mask of CPUs, a CPU interface in memory, and the interfaces of others around it
/// (Arm IHI 0048).
struct GICv2Attacks {
  let surroundings: Surroundings

  private var distributor: UInt64 { surroundings.distributor.base }
  private var interface: UInt64 { surroundings.redistributors.base }
  /// The guest's two CPUs, by its own count.
  private static var ownCPUs: UInt64 { 3 }

  func run(_ report: inout Report) {
    report.attempt("gicd-software-interrupts-to-others", .interface, .emulated) { softwareInterrupts(&$0) }
    report.attempt("gicd-software-interrupts-from-others", .interface, .emulated) { senders(&$0) }
    report.attempt("gicd-private-lines-of-others", .interface, .emulated) { privateLines(&$0) }
    report.attempt("gicc-end-of-foreign-interrupts", .interface, .own) { ends(&$0) }
    report.attempt("gicc-priority-and-group-games", .interface, .own) { games(&$0) }
    report.attempt("gicc-registers-in-every-size", .interface, .own) { tally in
      WindowSweep(window: surroundings.redistributors).run(&tally, writing: 0xFFFF_FFFF_FFFF_FFFF)
    }
    restore()
    report.attempt("gicc-gich-gicv-of-others", .interface, .own) { others(&$0) }
  }

  /// GICD_SGIR with every filter, list and INTID, NSATT set too. Whoever else gets one says so; here none but the guest's
  /// own CPUs may be shown as a sender.
  private func softwareInterrupts(_ tally: inout Tally) {
    for filter in UInt64(0)..<4 {
      for list in UInt64(0)..<256 {
        for line in UInt64(0)..<16 {
          hostile_store32(distributor + 0xF00, filter << 24 | list << 16 | (list & 1) << 15 | line)
          tally.tried(Trap.take())
        }
      }
    }
    expectOwnSenders(&tally)
  }

  /// GICD_SPENDSGIR: SGIs as if CPUs that the guest does not have had sent them.
  private func senders(_ tally: inout Tally) {
    for offset in stride(from: UInt64(0xF20), to: 0xF30, by: 4) {
      hostile_store32(distributor + offset, 0xFFFF_FFFF)
      tally.tried(Trap.take())
    }
    expectOwnSenders(&tally)
  }

  /// Nothing of GICD_SPENDSGIR names another CPU, and what is pending can be cleared.
  private func expectOwnSenders(_ tally: inout Tally) {
    for offset in stride(from: UInt64(0xF10), to: 0xF20, by: 4) {
      let foreign = hostile_load32(distributor + offset) & ~(Self.ownCPUs * 0x0101_0101)
      tally.expect(foreign == 0, value: foreign, at: distributor + offset)
      hostile_store32(distributor + offset, 0xFFFF_FFFF)
      tally.tried(Trap.take())
    }
  }

  /// SGIs and the EL1 timers are the guest's; the other private lines (EL2's timer and maintenance, the PMU's) are not.
  private func privateLines(_ tally: inout Tally) {
    for offset in stride(from: UInt64(0x080), through: 0x300, by: 0x80) where offset & 0x80 == 0 || offset == 0x080 {
      hostile_store32(distributor + offset, 0xFFFF_FFFF)
      tally.tried(Trap.take())
      let foreign = hostile_load32(distributor + offset) & ~surroundings.ownLines(word: 0)
      tally.expect(foreign == 0, value: foreign, at: distributor + offset)
    }
    for line in UInt64(16)..<32 where surroundings.ownLines(word: 0) >> line & 1 == 0 {
      hostile_store8(distributor + 0x400 + line, 0xFF)
      let value = hostile_load8(distributor + 0x400 + line)
      tally.expect(value == 0, value: value, at: distributor + 0x400 + line)
    }
  }

  /// GICC_EOIR, GICC_AEOIR and GICC_DIR with every INTID and sender, in both modes of ending.
  private func ends(_ tally: inout Tally) {
    for mode in UInt64(0)..<2 {
      hostile_store32(interface, mode << 9 | 1)
      for value in UInt64(0)..<8192 {
        hostile_store32(interface + 0x10, value)
        hostile_store32(interface + 0x24, value)
        hostile_store32(interface + 0x1000, value)
        tally.tried(Trap.take())
      }
    }
  }

  /// GICC_CTLR, PMR, BPR, ABPR and the active priorities with every value of a byte, interrupts taken in between.
  private func games(_ tally: inout Tally) {
    for value in UInt64(0)..<1024 {
      for offset in stride(from: UInt64(0), through: 0x8, by: 4) { hostile_store32(interface + offset, value) }
      hostile_store32(interface + 0x1C, value)
      hostile_store32(interface + 0xD0, value << 22 | value)
      hostile_store32(interface + 0xE0, value << 22 | value)
      _ = hostile_load32(interface + 0xC)
      _ = hostile_load32(interface + 0x20)
      tally.tried(Trap.take())
    }
  }

  private func restore() {
    hostile_store32(interface + 0x8, 0)
    hostile_store32(interface + 0xE0, 0)
    surroundings.forgetActivePriorities()
    for offset in stride(from: UInt64(0x180), through: 0x380, by: 0x100) {
      hostile_store32(distributor + offset, 0xFFFF_FFFF)
    }
    surroundings.openInterface()
    _ = Trap.take()
  }

  /// Every page around the guest's own that a GIC-400 or an alias of one could have, of any CPU.
  private func others(_ tally: inout Tally) {
    let first = min(distributor, interface) & ~0xF_FFFF
    for page in stride(from: first, to: first + 0x20_0000, by: 0x1000) {
      for offset in stride(from: UInt64(0), to: 0x200, by: 0x40) {
        let address = page + offset
        if surroundings.mayRead(address) { continue }
        let value = hostile_load32(address)
        tally.expectAbort(Trap.take(), at: address, got: value)
        hostile_store32(address, 0xFFFF_FFFF)
        tally.expectAbort(Trap.take(), at: address)
      }
    }
  }
}
