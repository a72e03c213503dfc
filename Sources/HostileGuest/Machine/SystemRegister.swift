/// The name of a system register or system instruction: S<op0>_<op1>_C<crn>_C<crm>_<op2> (Arm DDI 0487, C5.1.2).
struct SystemRegister {
  let op0: UInt32
  let op1: UInt32
  let crn: UInt32
  let crm: UInt32
  let op2: UInt32

  init(_ op0: UInt32, _ op1: UInt32, _ crn: UInt32, _ crm: UInt32, _ op2: UInt32) {
    self.op0 = op0 & 3
    self.op1 = op1 & 7
    self.crn = crn & 15
    self.crm = crm & 15
    self.op2 = op2 & 7
  }

  /// One of the 2^14 under an op0.
  init(op0: UInt32, number: UInt32) { self.init(op0, number >> 11, number >> 7, number >> 3, number) }

  /// Any of them.
  init(random: UInt64) {
    let bits = UInt32(truncatingIfNeeded: random)
    self.init(bits, bits >> 2, bits >> 5, bits >> 9, bits >> 13)
  }

  /// MSR or SYS with x1; where op0 is 0, the forms without a register.
  var write: UInt32 { 0xD500_0000 | fields | (op0 == 0 ? 31 : 1) }
  /// MRS or SYSL into x1.
  var read: UInt32 { 0xD520_0000 | fields | (op0 == 0 ? 31 : 1) }

  private var fields: UInt32 { op0 << 19 | op1 << 16 | crn << 12 | crm << 8 | op2 << 5 }

  /// Registers that are written with what they held and with nothing else, because the attacker stands on them: its MMU
  /// and endianness (SCTLR_EL1, SCTLR2_EL1) and its vectors (VBAR_EL1).
  var onlyTakesWhatItHeld: Bool {
    switch (op0, op1, crn, crm, op2) {
    case (3, 0, 1, 0, 0), (3, 0, 1, 0, 3), (3, 0, 12, 0, 0): true
    default: false
    }
  }

  /// Whether op2 is one of these.
  func isOneOf(_ first: UInt32, _ second: UInt32, _ third: UInt32 = 8, _ fourth: UInt32 = 8) -> Bool {
    op2 == first || op2 == second || op2 == third || op2 == fourth
  }

  /// The registers and instructions of EL2 and EL3, and those of Secure EL1 (op1 = 7): undefined at EL1, all of them.
  var isOfHigherLevel: Bool { op0 != 0 && op1 >= 4 }
}
