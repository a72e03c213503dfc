import HostileSupport

/// Attacks through the guest's own stage 1: what it maps, and where it lets the hardware look for its tables.
struct TranslationAttacks {
  let surroundings: Surroundings
  let sandbox: Sandbox

  /// Where the upper half starts (T1SZ = 25).
  private static var upperHalf: UInt64 { 0xFFFF_FF80_0000_0000 }

  func run(_ report: inout Report) {
    turnOn()
    AccessForms(surroundings: surroundings, sandbox: sandbox).runTranslated(&report)
    EdgeForms(surroundings: surroundings, sandbox: sandbox).run("translated-edges-in-every-form", &report)
    report.attempt("translated-gicd-registers-in-every-size", .translation, .emulated) {
      sweep(surroundings.distributor, &$0)
    }
    report.attempt(
      surroundings.isGICv2
        ? "translated-gicc-registers-in-every-size" : "translated-gicr-registers-in-every-size", .translation,
      surroundings.isGICv2 ? .own : .emulated
    ) { sweep(surroundings.redistributors, &$0) }
    report.attempt("translated-console-registers-in-every-size", .translation, .emulated) {
      sweep(surroundings.console, &$0)
    }
    report.attempt("translation-tables-in-foreign-memory", .translation) { walks(&$0) }
    report.attempt("translation-tables-in-own-devices", .translation) { walksThroughDevices(&$0) }
    report.attempt("translation-address-of-a-foreign-walk", .translation, .own) { addressTranslation(&$0) }
    report.attempt("translation-invalidated-for-everybody", .translation) { invalidations(&$0) }
    hostile_translation_off()
  }

  /// The devices that the hypervisor plays, mapped as Normal memory: unaligned accesses get as far as the hypervisor.
  private func sweep(_ window: Window, _ tally: inout Tally) {
    var sweep = WindowSweep(window: window)
    // What is written to the console's data register is shown.
    if window.base == surroundings.console.base { sweep.firstWritten = 8 }
    sweep.run(&tally, writing: ~0)
    sweep.run(&tally, writing: 0)
  }

  /// Turns translation on, with both halves by the same table.
  func turnOn() {
    fillTable()
    let table = hostile_translation_table_address()
    hostile_translation_on(table, table)
  }

  /// 512 GiB mapped one to one as Normal memory, readable, writable, executable.
  private func fillTable() {
    let table = hostile_translation_table_address()
    let block: UInt64 = 0b01 | 1 << 10 | 3 << 8
    for index in UInt64(0)..<512 { hostile_store64(table + index * 8, index << 30 | block) }
    hostile_barrier()
  }

  /// A walk that reads a foreign table would end in a translation fault or in data; a refused one in an external abort.
  private func walks(_ tally: inout Tally) {
    surroundings.forEachForeignSample { walk(through: $0 & ~0xFFF, &tally) }
    hostile_set_upper_table(hostile_translation_table_address())
  }

  private func walksThroughDevices(_ tally: inout Tally) {
    walk(through: surroundings.console.base, &tally)
    walk(through: surroundings.distributor.base, &tally)
    walk(through: surroundings.redistributors.base, &tally)
    walk(through: surroundings.privateInterrupts, &tally)
    hostile_set_upper_table(hostile_translation_table_address())
  }

  private func walk(through table: UInt64, _ tally: inout Tally) {
    hostile_set_upper_table(table)
    let value = hostile_load64(TranslationAttacks.upperHalf)
    expectExternal(Trap.take(), at: table, got: value, &tally)
    hostile_store64(TranslationAttacks.upperHalf, 0)
    expectExternal(Trap.take(), at: table, got: 0, &tally)
    let trap = sandbox.enter(TranslationAttacks.upperHalf)
    let isRefused = trap?.isInstructionAbort == true && trap?.isExternal == true
    tally.expect(isRefused, value: trap?.syndrome ?? 0, at: table)
  }

  private func expectExternal(_ trap: Trap?, at table: UInt64, got value: UInt64, _ tally: inout Tally) {
    tally.expectAbort(trap, at: table, got: value)
    if let trap { tally.expect(trap.isExternal, value: trap.syndrome, at: table) }
  }

  /// AT S1E1R, S1E1W, S1E0R and S1E0W through a foreign table: an abort, or PAR_EL1.F with an external abort on the walk
  /// (PAR_EL1.FST, bits 6:1). Any other fault would say what the foreign table holds.
  private func addressTranslation(_ tally: inout Tally) {
    let parEL1 = SystemRegister(3, 0, 7, 4, 0)
    surroundings.forEachForeignSample { address in
      hostile_set_upper_table(address & ~0xFFF)
      for op2 in UInt32(0)..<4 {
        sandbox[1] = TranslationAttacks.upperHalf
        let trap = sandbox.run(SystemRegister(1, 0, 7, 8, op2).write)
        tally.tried(trap)
        if trap == nil {
          _ = sandbox.run(parEL1.read)
          let status = sandbox[1] >> 1 & 0x3F
          tally.expect(sandbox[1] & 1 == 1 && status & 0x3C == 0x14, value: sandbox[1], at: address)
        }
      }
    }
    hostile_set_upper_table(hostile_translation_table_address())
  }

  /// The broadcast forms that EL1 has reach every CPU, but name only the guest's own VMID; afterwards all is as before.
  private func invalidations(_ tally: inout Tally) {
    for round in UInt64(0)..<64 {
      hostile_invalidate_broadcast(round << 48 | round << 12)
      tally.tried(Trap.take())
    }
    surroundings.forEachForeignSample { address in
      let value = hostile_load64(address)
      tally.expectAbort(Trap.take(), at: address, got: value)
    }
  }
}
