/// What becomes of a domain's access to a system register or system instruction that EL2 traps.
public enum SystemRegisterRule: Equatable {
  /// ICC_SGI1R_EL1: a software generated interrupt to other CPUs of the domain.
  case softwareInterrupt
  /// An identification register; the index is CRm × 8 + op2.
  case identification(Int)
  /// REVIDR_EL1, as the CPU has it.
  case revision
  /// AIDR_EL1, as the CPU has it.
  case auxiliaryIdentification
  /// Reads as zero, writes are ignored.
  case ignored
  /// ICC_SRE_EL1: SRE, DFB and DIB are fixed at 1, as on a CPU that has no other way to its interrupts
  /// (Arm IHI 0069, 12.2.23).
  case systemRegisterEnable
  /// Cache maintenance by set and way: ignored and counted. It is of no use to a domain: other CPUs and the caches
  /// between them and memory are not its own (Arm DDI 0487, D7.5.9).
  case setWay
  /// Undefined: the domain was not given it.
  case undefined

  /// The rule for an access.
  public static func rule(for access: SystemRegisterAccess) -> SystemRegisterRule {
    if access.isSoftwareInterrupt { return .softwareInterrupt }
    switch access.name {
    case SystemRegisterAccess.name(3, 0, 12, 11, 6),  // ICC_ASGI1R_EL1
      SystemRegisterAccess.name(3, 0, 12, 11, 7):  // ICC_SGI0R_EL1
      // These make Group 0 interrupts or those of another security state; the domain has neither.
      return access.isRead ? .undefined : .ignored
    case SystemRegisterAccess.name(3, 0, 12, 12, 5):  // ICC_SRE_EL1
      return .systemRegisterEnable
    case SystemRegisterAccess.name(3, 0, 1, 0, 1):  // ACTLR_EL1, trapped by TACR
      return .ignored
    case SystemRegisterAccess.name(3, 0, 0, 0, 6): return access.isRead ? .revision : .undefined
    case SystemRegisterAccess.name(3, 1, 0, 0, 7): return access.isRead ? .auxiliaryIdentification : .undefined
    case SystemRegisterAccess.name(1, 0, 7, 6, 2),  // DC ISW
      SystemRegisterAccess.name(1, 0, 7, 10, 2),  // DC CSW
      SystemRegisterAccess.name(1, 0, 7, 14, 2):  // DC CISW
      return .setWay
    default:
      break
    }
    if access.op0 == 3, access.op1 == 0, access.crn == 0, (1...7).contains(access.crm) {
      return access.isRead ? .identification(Int(access.crm) * 8 + Int(access.op2)) : .undefined
    }
    // Debug registers, trapped by MDCR_EL2.TDA, TDOSA and TDRA. Every kernel clears them as it starts, and the
    // architecture has no processor without them, so they read as zero instead of being undefined. Trace registers
    // (op1 = 1) are optional.
    if access.op0 == 2, access.op1 == 0 || access.op1 == 3 { return .ignored }
    return .undefined
  }
}
