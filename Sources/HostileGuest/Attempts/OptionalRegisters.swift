import HostileSupport

/// Parts of the CPU that the domain was not given, and those that the architecture does not define.
struct OptionalRegisters {
  let sandbox: Sandbox

  func run(_ report: inout Report) {
    report.attempt("register-performance-monitors", .registers) { tally in
      undefined(3, 3, 9...9, 12...14, &tally)
      undefined(3, 0, 9...9, 14...14, &tally)
      undefined(3, 3, 14...14, 8...15, &tally)
    }
    report.attempt("register-activity-monitors", .registers) { undefined(3, 3, 13...13, 2...15, &$0) }
    report.attempt("register-statistical-profiling", .registers) { undefined(3, 0, 9...9, 9...11, &$0) }
    report.attempt("register-trace", .registers) { undefined(2, 1, 0...15, 0...15, &$0) }
    report.attempt("register-debug", .registers) { tally in
      undefinedOrZero(2, 0, 0...15, 0...15, &tally)
      undefinedOrZero(2, 3, 0...15, 0...15, &tally)
    }
    report.attempt("register-scalable-vectors-and-matrices", .registers) { tally in
      undefinedOrZero(SystemRegister(3, 0, 1, 2, 0), &tally)  // ZCR_EL1
      undefinedOrZero(SystemRegister(3, 0, 1, 2, 4), &tally)  // SMPRI_EL1
      undefinedOrZero(SystemRegister(3, 0, 1, 2, 6), &tally)  // SMCR_EL1
      undefinedOrZero(SystemRegister(3, 3, 4, 2, 2), &tally)  // SVCR
    }
    report.attempt("register-memory-tagging", .registers) { tally in
      undefinedOrZero(SystemRegister(3, 0, 1, 0, 5), &tally)  // RGSR_EL1
      undefinedOrZero(SystemRegister(3, 0, 1, 0, 6), &tally)  // GCR_EL1
      undefinedOrZero(SystemRegister(3, 0, 5, 6, 0), &tally)  // TFSR_EL1
      undefinedOrZero(SystemRegister(3, 0, 5, 6, 1), &tally)  // TFSRE0_EL1
    }
    report.attempt("register-auxiliary-control", .registers) { undefinedOrZero(SystemRegister(3, 0, 1, 0, 1), &$0) }
    report.attempt("register-implementation-defined", .registers) { tally in
      for op1 in UInt32(0)..<8 {
        undefined(3, op1, 11...11, 0...15, &tally)
        undefined(3, op1, 15...15, 0...15, &tally)
        undefined(1, op1, 11...11, 0...15, &tally)
        undefined(1, op1, 15...15, 0...15, &tally)
      }
    }
    report.attempt("register-write-of-identification", .registers) { tally in
      for number in UInt32(0)..<128 {
        sandbox[1] = ~0
        tally.expectUndefined(
          sandbox.run(SystemRegister(3, 0, 0, number >> 3, number).write), at: UInt64(number))
      }
    }
    report.attempt("identification-of-what-was-not-given", .registers) { identification(&$0) }
    report.attempt("instructions-of-what-was-not-given", .registers) { instructions(&$0) }
    report.attempt("cache-maintenance-by-set-and-way", .registers) { setWay(&$0) }
  }

  /// Reads and writes of a whole block, all of which have to be undefined.
  private func undefined(
    _ op0: UInt32, _ op1: UInt32, _ crn: ClosedRange<UInt32>, _ crm: ClosedRange<UInt32>, _ tally: inout Tally
  ) {
    forEach(op0, op1, crn, crm) { register in
      sandbox[1] = ~0
      tally.expectUndefined(sandbox.run(register.write), at: UInt64(register.write))
      sandbox[1] = 0
      let trap = sandbox.run(register.read)
      tally.expectUndefined(trap, at: UInt64(register.read), got: sandbox[1])
    }
  }

  private func undefinedOrZero(
    _ op0: UInt32, _ op1: UInt32, _ crn: ClosedRange<UInt32>, _ crm: ClosedRange<UInt32>, _ tally: inout Tally
  ) {
    forEach(op0, op1, crn, crm) { undefinedOrZero($0, &tally) }
  }

  /// A register that is undefined, or that shows nothing and keeps nothing.
  private func undefinedOrZero(_ register: SystemRegister, _ tally: inout Tally) {
    sandbox[1] = ~0
    tally.tried(sandbox.run(register.write))
    sandbox[1] = ~0
    let trap = sandbox.run(register.read)
    if let trap {
      tally.expectUndefined(trap, at: UInt64(register.read))
    } else {
      tally.expect(sandbox[1] == 0, value: sandbox[1], at: UInt64(register.read))
    }
  }

  private func forEach(
    _ op0: UInt32, _ op1: UInt32, _ crn: ClosedRange<UInt32>, _ crm: ClosedRange<UInt32>,
    _ body: (SystemRegister) -> Void
  ) {
    for n in crn { for m in crm { for op2 in UInt32(0)..<8 { body(SystemRegister(op0, op1, n, m, op2)) } } }
  }

  /// The identification registers show neither SVE (ID_AA64PFR0_EL1 35:32) nor AMU (47:44), MTE (ID_AA64PFR1_EL1 11:8),
  /// SME (27:24), nor trace (ID_AA64DFR0_EL1 7:4), PMU (11:8; 15 says none), profiling (35:32) or trace buffers (47:44).
  private func identification(_ tally: inout Tally) {
    let processor = hostile_read_pfr0()
    tally.expect(processor >> 32 & 0xF == 0 && processor >> 44 & 0xF == 0, value: processor, at: 0)
    let processor1 = hostile_read_pfr1()
    tally.expect(processor1 >> 8 & 0xF == 0 && processor1 >> 24 & 0xF == 0, value: processor1, at: 1)
    let debug = hostile_read_dfr0()
    let pmu = debug >> 8 & 0xF
    tally.expect(
      debug >> 4 & 0xF == 0 && (pmu == 0 || pmu == 15) && debug >> 32 & 0xF == 0 && debug >> 44 & 0xF == 0,
      value: debug, at: 2)
  }

  private func instructions(_ tally: inout Tally) {
    FormTable.optional.forEach { instruction in
      sandbox.fill(0)
      tally.expectUndefined(sandbox.run(instruction), at: UInt64(instruction))
    }
  }

  /// DC ISW, CSW and CISW on many sets and ways: ignored or undefined. A neighbour whose cache lines it threw away
  /// would lose data.
  private func setWay(_ tally: inout Tally) {
    for crm in stride(from: UInt32(6), through: 14, by: 4) {
      for number in UInt64(0)..<512 {
        sandbox[1] = number << 57 | number << 6 | (number & 3) << 1
        tally.tried(sandbox.run(SystemRegister(1, 0, 7, crm, 2).write))
      }
    }
  }
}
