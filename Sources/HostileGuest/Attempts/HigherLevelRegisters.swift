/// Every encoding of the registers and instructions of EL2, EL3 and Secure EL1 there can be, not only the named ones:
/// ICH_*, ICC_SRE_EL2, CNTHP_*, CNTHV_*, VTTBR_EL2, TLBI ALLE1, AT S12E1R and all the rest.
struct HigherLevelRegisters {
  let sandbox: Sandbox

  func run(_ report: inout Report) {
    report.attempt("register-read-of-a-higher-level", .registers) { all(op0: 3, isRead: true, &$0) }
    report.attempt("register-write-of-a-higher-level", .registers) { all(op0: 3, isRead: false, &$0) }
    report.attempt("debug-register-read-of-a-higher-level", .registers) { all(op0: 2, isRead: true, &$0) }
    report.attempt("debug-register-write-of-a-higher-level", .registers) { all(op0: 2, isRead: false, &$0) }
    report.attempt("instruction-of-a-higher-level", .registers) { tally in
      all(op0: 1, isRead: false, &tally)
      all(op0: 1, isRead: true, &tally)
    }
  }

  private func all(op0: UInt32, isRead: Bool, _ tally: inout Tally) {
    for number in UInt32(0)..<(4 << 11) {
      let register = SystemRegister(op0, 4 | number >> 11, number >> 7, number >> 3, number)
      let instruction = isRead ? register.read : register.write
      sandbox[1] = ~0
      let trap = sandbox.run(instruction)
      tally.expectUndefined(trap, at: UInt64(instruction), got: sandbox[1])
    }
  }
}
