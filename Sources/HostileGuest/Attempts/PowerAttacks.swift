import HostileSupport

/// PSCI for CPUs, addresses and functions that are not the guest's (Arm DEN 0022, section 5).
struct PowerAttacks {
  let surroundings: Surroundings

  private static var cpuOn: UInt64 { 0x8400_0003 }
  private static var affinityInfo: UInt64 { 0x8400_0004 }
  private static var wide: UInt64 { 0x4000_0000 }

  private var entry: UInt64 { hostile_second_entry_address() }

  func run(_ report: inout Report) {
    report.attempt("psci-cpu-on-foreign-cpus", .calls, .emulated) { foreignCPUs(&$0) }
    report.attempt("psci-cpu-on-with-reserved-bits", .calls, .emulated) { reservedBits(&$0) }
    report.attempt("psci-cpu-on-with-foreign-entry-point", .calls, .emulated) { foreignEntryPoints(&$0) }
    report.attempt("psci-cpu-on-itself", .calls, .emulated) { tally in
      expectError(Call.hvc(PowerAttacks.cpuOn | PowerAttacks.wide, 0, entry), at: 0, &tally)
      expectError(Call.smc(PowerAttacks.cpuOn, 0, entry), at: 0, &tally)
    }
    report.attempt("psci-affinity-info-of-others", .calls, .emulated) { affinities(&$0) }
    report.attempt("psci-suspend-into-foreign-memory", .calls, .emulated) { suspends(&$0) }
    report.attempt("psci-functions-that-a-domain-has-not", .calls, .emulated) { unknownFunctions(&$0) }
  }

  /// Starts the guest's own second CPU, which is its right, and tries to do it again before and after it runs.
  func startSecondCPU(_ report: inout Report) {
    let first = Call.hvc(PowerAttacks.cpuOn | PowerAttacks.wide, 1, entry, 0)
    report.attempt("psci-cpu-on-twice", .calls, .emulated) { tally in
      guard first.value == 0 else { return }
      for _ in 0..<1000 { expectError(Call.hvc(PowerAttacks.cpuOn | PowerAttacks.wide, 1, entry, 0), at: 1, &tally) }
    }
  }

  private func foreignCPUs(_ tally: inout Tally) {
    for level in UInt64(0)..<256 {
      if level > 1 { on(level, entry, &tally) }
      guard level > 0 else { continue }
      for own in UInt64(0)..<2 {
        on(level << 8 | own, entry, &tally)
        on(level << 16 | own, entry, &tally)
        expectError(
          Call.hvc(PowerAttacks.cpuOn | PowerAttacks.wide, level << 32 | own, entry), at: level << 32 | own, &tally)
      }
    }
  }

  /// The bits of the target that are no affinity: 24 to 31, and 40 to 63 in the 64-bit form.
  private func reservedBits(_ tally: inout Tally) {
    for bit in UInt64(24)..<64 where bit < 32 || bit >= 40 {
      for own in UInt64(0)..<2 {
        let target = 1 << bit | own
        expectError(Call.hvc(PowerAttacks.cpuOn | PowerAttacks.wide, target, entry), at: target, &tally)
        if bit < 32 { expectError(Call.hvc(PowerAttacks.cpuOn, target, entry), at: target, &tally) }
      }
    }
    expectError(Call.hvc(PowerAttacks.cpuOn | PowerAttacks.wide, ~0, entry), at: ~0, &tally)
  }

  private func foreignEntryPoints(_ tally: inout Tally) {
    surroundings.forEachForeignSample { on(1, $0 & ~3, &tally) }
    surroundings.forEachWindow { window in
      if window.base != surroundings.memory.base { on(1, window.base, &tally) }
    }
    on(1, surroundings.memory.base - 4, &tally)
    on(1, surroundings.memory.base + surroundings.memory.size, &tally)
    for bit in UInt64(32)..<64 { on(1, entry | 1 << bit, wideOnly: true, &tally) }
  }

  private func on(_ target: UInt64, _ entry: UInt64, wideOnly: Bool = false, _ tally: inout Tally) {
    expectError(Call.hvc(PowerAttacks.cpuOn | PowerAttacks.wide, target, entry), at: target, &tally)
    expectError(Call.smc(PowerAttacks.cpuOn | PowerAttacks.wide, target, entry), at: target, &tally)
    if !wideOnly, entry < 1 << 32 {
      expectError(Call.hvc(PowerAttacks.cpuOn, target, entry), at: target, &tally)
      expectError(Call.hvc(0xDEAD_BEEF << 32 | PowerAttacks.cpuOn, target, entry), at: target, &tally)
    }
  }

  /// Levels above 0, and CPUs that the guest has not: no answer tells whether they are on.
  private func affinities(_ tally: inout Tally) {
    for level in UInt64(0)..<256 {
      for bits in UInt64(0)..<2 {
        let function = PowerAttacks.affinityInfo | bits << 30
        if level > 1 { expectError(Call.hvc(function, level, 0), at: level, &tally) }
        if level > 0 {
          expectError(Call.hvc(function, level << 8, 0), at: level << 8, &tally)
          expectError(Call.hvc(function, level << 16, 0), at: level << 16, &tally)
          expectError(Call.hvc(function, 0, level), at: level, &tally)
          expectError(Call.hvc(function, 1, level << 24), at: level << 24, &tally)
        }
      }
    }
  }

  /// CPU_SUSPEND with every state bit and a foreign entry point, while an interrupt is pending that wakes the CPU.
  private func suspends(_ tally: inout Tally) {
    PendingTimer(surroundings: surroundings).start()
    for bit in UInt64(0)..<32 {
      for base in UInt64(0)..<2 {
        let call = Call.hvc(0xC400_0001, 1 << bit, surroundings.memory.base &- 4096 &* base, 0)
        tally.expect(call.value == 0 || call.isError, value: call.value, at: bit)
      }
    }
    PendingTimer(surroundings: surroundings).stop()
  }

  /// Every number of PSCI's range but those that stop the guest itself or that it may call.
  private func unknownFunctions(_ tally: inout Tally) {
    for number in UInt64(5)..<256 {
      // MIGRATE_INFO_TYPE, SYSTEM_OFF, SYSTEM_RESET, PSCI_FEATURES, SYSTEM_RESET2.
      if number == 6 || number == 8 || number == 9 || number == 0xA || number == 0x12 { continue }
      for bits in UInt64(0)..<2 {
        let function = 0x8400_0000 | number | bits << 30
        expectNotSupported(Call.hvc(function, 0, entry, 0), at: function, &tally)
        expectNotSupported(Call.smc(function, 0, entry, 0), at: function, &tally)
        expectNotSupported(Call.hvc(0xFFFF_FFFF << 32 | function, 0, entry, 0), at: function, &tally)
      }
    }
    // The 64-bit forms that PSCI does not define: they turn off neither the CPU nor the system.
    for number in UInt64(0)..<11 where number != 1 && number != 3 && number != 4 && number != 5 && number != 7 {
      expectNotSupported(Call.hvc(0xC400_0000 | number), at: number, &tally)
    }
  }

  private func expectError(_ call: Call, at place: UInt64, _ tally: inout Tally) {
    tally.tried(call.trap)
    tally.expect(call.isError, value: call.value, at: place)
  }

  private func expectNotSupported(_ call: Call, at place: UInt64, _ tally: inout Tally) {
    tally.tried(call.trap)
    tally.expect(call.isNotSupported, value: call.value, at: place)
  }
}
