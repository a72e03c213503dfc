import GuestSupport
import HostileSupport

/// The CPU interface: interrupts to CPUs of others, the end of interrupts of others, and what stops interrupts.
struct InterfaceAttacks {
  let surroundings: Surroundings

  func run(_ report: inout Report) {
    report.attempt("sgi-to-every-affinity", .interface, .emulated) { softwareInterrupts(&$0) }
    report.attempt("sgi-to-everybody", .interface, .emulated) { broadcasts(&$0) }
    report.attempt("sgi-to-every-list-of-foreign-cpus", .interface, .emulated) { lists(&$0) }
    report.attempt("icc-end-of-foreign-interrupts", .interface, .own) { ends(&$0) }
    report.attempt("icc-end-of-foreign-interrupts-instead-of-own", .interface, .own) { endsInstead(&$0) }
    report.attempt("icc-priority-and-group-games", .interface, .own) { games(&$0) }
    report.attempt("icc-system-registers-off", .interface, .own) { systemRegistersOff(&$0) }
  }

  /// ICC_SGI1R_EL1, ASGI1R and SGI0R to CPUs that the guest does not have; none comes back to itself.
  private func softwareInterrupts(_ tally: inout Tally) {
    clearPending()
    for level in UInt64(0)..<256 {
      for place in stride(from: UInt64(16), through: 48, by: 16) {
        // Aff1, Aff2 or Aff3 nonzero: no CPU of the guest has such an affinity.
        let affinity = max(level, 1) << place
        send(affinity | 0xFFFF | (level & 0xF) << 24, &tally)
      }
      // RS nonzero: Aff0 of 16 and above.
      send(max(level & 0xF, 1) << 44 | 0xFFFF | (level & 0xF) << 24, &tally)
    }
    // Aff0 of 2 to 15: the guest has CPUs 0 and 1.
    for line in UInt64(0)..<16 { send(line << 24 | 0xFFFC, &tally) }
    let pending = hostile_load32(surroundings.privateInterrupts + 0x200) & 0xFFFF
    tally.expect(pending == 0, value: pending, at: surroundings.privateInterrupts + 0x200)
  }

  /// IRM: to all but oneself, which for the guest is its other CPU.
  private func broadcasts(_ tally: inout Tally) {
    clearPending()
    for line in UInt64(0)..<16 {
      for level in UInt64(0)..<16 {
        send(1 << 40 | line << 24 | level << 16 | level << 32 | level << 48 | 0xFFFF, &tally)
      }
    }
    let pending = hostile_load32(surroundings.privateInterrupts + 0x200) & 0xFFFF
    tally.expect(pending == 0, value: pending, at: surroundings.privateInterrupts + 0x200)
  }

  /// Every target list without the guest's two CPUs, at affinities of others and at its own with RS counting up, with
  /// every INTID.
  private func lists(_ tally: inout Tally) {
    clearPending()
    for list in UInt64(1)..<(1 << 14) {
      let line = list & 0xF
      send(line << 24 | list << 2, &tally)
      send((list >> 4 & 0xFF) << 16 | max(line, 1) << 44 | line << 24 | list << 2, &tally)
    }
    let pending = hostile_load32(surroundings.privateInterrupts + 0x200) & 0xFFFF
    tally.expect(pending == 0, value: pending, at: surroundings.privateInterrupts + 0x200)
  }

  private func send(_ value: UInt64, _ tally: inout Tally) {
    hostile_write_sgi1r(value)
    tally.tried(Trap.take())
    hostile_write_asgi1r(value)
    tally.tried(Trap.take())
    hostile_write_sgi0r(value)
    tally.tried(Trap.take())
  }

  /// ICC_EOIR and ICC_DIR with every INTID that there is, in both modes of ending.
  private func ends(_ tally: inout Tally) {
    for mode in UInt64(0)..<2 {
      hostile_write_ctlr(mode << 1)
      for line in UInt64(0)..<9216 {
        hostile_write_eoir1(line)
        hostile_write_eoir0(line)
        hostile_write_dir(line)
        tally.tried(Trap.take())
      }
    }
    hostile_write_ctlr(0)
  }

  /// ICC_EOIR1_EL1 and ICC_DIR_EL1 with every INTID, each while an interrupt of the guest's own is active: where the
  /// interface is the hardware's, only then is the end carried out.
  private func endsInstead(_ tally: inout Tally) {
    let frame = surroundings.privateInterrupts
    let timers = UInt64(surroundings.timerInterrupts)
    hostile_store32(frame + 0x100, timers)
    hostile_write_cntv_cval(0)
    hostile_write_cntv_ctl(1)
    for mode in UInt64(0)..<2 {
      hostile_write_ctlr(mode << 1)
      for line in UInt64(0)..<1020 {
        let own = hostile_read_iar1()
        hostile_write_eoir1(line)
        if mode == 1 { hostile_write_dir(line) }
        hostile_write_eoir1(own)
        // Its own line comes again for the next round.
        hostile_store32(frame + 0x380, timers)
        hostile_write_ap1r0(0)
        tally.tried(Trap.take())
      }
    }
    hostile_write_ctlr(0)
    hostile_write_cntv_ctl(0)
    hostile_store32(frame + 0x180, timers)
    hostile_store32(frame + 0x280, timers)
  }

  private func games(_ tally: inout Tally) {
    for value in UInt64(0)..<256 {
      hostile_write_pmr(value)
      hostile_write_bpr0(value)
      hostile_write_bpr1(value)
      hostile_write_ctlr(value | value << 8)
      hostile_write_igrpen0(value)
      hostile_write_igrpen1(value)
      hostile_write_ap0r0(value << 24 | value)
      hostile_write_ap1r0(value << 24 | value)
      _ = hostile_read_iar1()
      _ = hostile_read_hppir1()
      tally.tried(Trap.take())
    }
    hostile_write_ap0r0(0)
    hostile_write_ap1r0(0)
    hostile_write_igrpen0(0)
    hostile_write_ctlr(0)
    hostile_write_bpr1(0)
    guest_enable_cpu_interface()
  }

  /// ICC_SRE_EL1.SRE = 0 would bring the memory-mapped interface back.
  private func systemRegistersOff(_ tally: inout Tally) {
    hostile_write_sre(0)
    let trap = Trap.take()
    let value = hostile_read_sre()
    tally.tried(trap ?? Trap.take())
    tally.expect(trap != nil || value & 1 == 1, value: value, at: 0)
    guest_enable_cpu_interface()
  }

  private func clearPending() { hostile_store32(surroundings.privateInterrupts + 0x280, 0xFFFF) }
}
