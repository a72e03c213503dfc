/// What a domain is to find behind the name of a register or system instruction (Arm DDI 0487, D19 and C5.3 to C5.6;
/// IHI 0069, 12.2). Whatever is not named here has to be undefined.
enum RegisterKind {
  /// Undefined.
  case none
  /// The CPU's own at EL1 or EL0, which nobody else has; it may lack it.
  case own
  /// What the hypervisor answers for; undefined at its choice.
  case emulated
  /// An instruction that changes nobody's memory or state but the guest's own.
  case harmless

  init(_ register: SystemRegister, isRead: Bool) {
    self =
      switch (register.op0, register.op1) {
      case (0, _): .harmless  // hints, barriers, and MSR of an immediate to PSTATE
      case (1, 0), (1, 3): Self.instruction(register, isRead: isRead)
      // Every kernel clears them as it starts; the hypervisor shows nothing there.
      case (2, 0), (2, 3): .emulated
      case (3, 0): Self.kernelRegister(register, isRead: isRead)
      case (3, 1): register.crn == 0 && register.crm == 0 && isRead && register.isOneOf(0, 1, 2, 7) ? .own : .none
      case (3, 2): register.crn == 0 && register.crm == 0 && register.op2 == 0 ? .own : .none  // CSSELR_EL1
      case (3, 3): Self.userRegister(register, isRead: isRead) ? .own : .none
      default: .none
      }
  }

  /// Maintenance by address and of the guest's own translations; set and way, which the hypervisor ignores.
  private static func instruction(_ register: SystemRegister, isRead: Bool) -> RegisterKind {
    if isRead { return .none }
    switch (register.op1, register.crn, register.crm) {
    case (0, 7, 1), (0, 7, 5): return register.op2 == 0 ? .harmless : .none  // IC IALLUIS, IC IALLU
    case (0, 7, 6):  // DC ISW, DC IVAC, and the same for memory tags: IGVAC, IGSW, IGDVAC, IGDSW
      return register.isOneOf(2, 4, 6) ? .emulated : register.isOneOf(1, 3, 5) ? .harmless : .none
    case (0, 7, 8): return register.op2 < 4 ? .own : .none  // AT S1E1R, S1E1W, S1E0R, S1E0W
    case (0, 7, 9): return register.op2 < 3 ? .own : .none  // AT S1E1RP, S1E1WP, S1E1A
    case (0, 7, 10), (0, 7, 14): return register.isOneOf(2, 4, 6) ? .emulated : .none  // DC CSW, DC CISW, and for tags
    case (0, 8, 1), (0, 8, 2), (0, 8, 3), (0, 8, 5), (0, 8, 6), (0, 8, 7): return .harmless  // TLBI, own VMID
    case (0, 9, 1), (0, 9, 2), (0, 9, 3), (0, 9, 5), (0, 9, 6), (0, 9, 7): return .harmless  // the same, nXS
    case (3, 7, 3): return register.op2 >= 4 ? .harmless : .none  // CFP, DVP, COSP and CPP RCTX
    case (3, 7, 4): return register.isOneOf(1, 3, 4) ? .harmless : .none  // DC ZVA, GVA, GZVA
    case (3, 7, 5), (3, 7, 11): return register.op2 == 1 ? .harmless : .none  // IC IVAU, DC CVAU
    case (3, 7, 10), (3, 7, 12), (3, 7, 13), (3, 7, 14):  // DC CVAC, CVAP, CVADP, CIVAC, and for tags
      return register.isOneOf(1, 3, 5) ? .harmless : .none
    default: return .none
    }
  }

  private static func kernelRegister(_ register: SystemRegister, isRead: Bool) -> RegisterKind {
    switch (register.crn, register.crm) {
    case (0, 0): return isRead && register.isOneOf(0, 5, 6) ? .own : .none  // MIDR, MPIDR, REVIDR
    case (0, _): return isRead && register.crm < 8 ? .emulated : .none  // identification
    case (1, 0): return register.op2 == 1 ? .emulated : register.isOneOf(0, 2, 3) ? .own : .none  // ACTLR; SCTLR, CPACR
    case (2, 0): return register.isOneOf(0, 1, 2, 3) ? .own : .none  // TTBR0, TTBR1, TCR, TCR2
    case (2, 1), (2, 2): return register.op2 < 4 ? .own : .none  // the keys of pointer authentication
    case (2, 3): return register.op2 < 2 ? .own : .none
    case (4, 0): return register.op2 < 2 ? .own : .none  // SPSR, ELR
    case (4, 1): return register.op2 == 0 ? .own : .none  // SP_EL0
    case (4, 2): return register.isOneOf(0, 3, 4) || register.op2 == 2 && isRead ? .own : .none  // SPSel, PAN, UAO
    case (4, 3), (4, 6): return register.op2 == 0 ? .own : .none  // ALLINT, ICC_PMR
    case (5, 1): return register.op2 < 2 ? .own : .none  // AFSR0, AFSR1
    case (5, 2): return register.op2 == 0 ? .own : .none  // ESR
    case (6, 0): return register.isOneOf(0, 5) ? .own : .none  // FAR, PFAR
    case (7, 4): return register.op2 == 0 ? .own : .none  // PAR
    case (10, 2): return register.op2 < 5 ? .own : .none  // MAIR, MAIR2, PIRE0, PIR, POR
    case (10, 3): return register.op2 < 2 ? .own : .none  // AMAIR, AMAIR2
    case (12, 0): return register.op2 == 0 ? .own : .none  // VBAR
    case (12, 1): return register.op2 == 1 || register.op2 == 0 && isRead ? .own : .none  // DISR, ISR
    case (12, 8), (12, 9), (12, 11), (12, 12): return interfaceRegister(register, isRead: isRead)
    case (13, 0): return register.isOneOf(1, 4, 5, 7) ? .own : .none  // CONTEXTIDR, TPIDR, ACCDATA, SCXTNUM
    case (14, 1): return register.op2 == 0 ? .own : .none  // CNTKCTL
    default: return .none
    }
  }

  /// ICC_*_EL1, which reach the virtual interface; those that make interrupts elsewhere, and SRE, are the hypervisor's.
  private static func interfaceRegister(_ register: SystemRegister, isRead: Bool) -> RegisterKind {
    switch register.crm {
    // IAR, EOIR, HPPIR and BPR; above them AP0R0 to AP0R3, and CTLR, SRE, IGRPEN0, IGRPEN1.
    case 8, 12:
      if register.crm == 12, register.op2 == 5 { return .emulated }
      return register.op2 == 1 ? isRead ? .none : .own : register.isOneOf(0, 2) && !isRead ? .none : .own
    case 9: return register.op2 < 4 || register.op2 == 5 && isRead ? .own : .none  // AP1R0 to AP1R3, NMIAR1
    case 11:
      if register.op2 >= 5 { return isRead ? .none : .emulated }  // SGI1R, ASGI1R, SGI0R
      return register.op2 == 1 && !isRead || register.op2 == 3 && isRead ? .own : .none  // DIR, RPR
    default: return .none
    }
  }

  /// EL0's, by CRn, CRm and op2.
  private static func userRegister(_ register: SystemRegister, isRead: Bool) -> Bool {
    switch (register.crn, register.crm) {
    case (0, 0): isRead && register.isOneOf(1, 7)  // CTR, DCZID
    case (2, 4): isRead && register.op2 < 2  // RNDR, RNDRRS
    case (4, 2): register.isOneOf(0, 1, 5, 6) || register.op2 == 7  // NZCV, DAIF, DIT, SSBS, TCO
    case (4, 4): register.op2 < 3  // FPCR, FPSR, FPMR
    case (10, 2): register.op2 == 4  // POR_EL0
    case (13, 0): register.isOneOf(2, 3, 5, 7)  // TPIDR, TPIDRRO, TPIDR2, SCXTNUM
    case (14, 0): isRead && register.isOneOf(0, 1, 2, 5) || isRead && register.op2 == 6  // CNTFRQ, CNTPCT, CNTVCT
    case (14, 2), (14, 3): register.op2 < 3  // CNTP and CNTV: TVAL, CTL, CVAL
    default: false
    }
  }
}
