import HostileSupport

/// A synchronous exception that the guest's own vectors caught.
struct Trap {
  /// ESR_EL1.
  let syndrome: UInt64
  /// FAR_EL1; of use for aborts only.
  let faultAddress: UInt64

  /// ESR_EL1.EC (Arm DDI 0487, D19.2.37).
  var exceptionClass: UInt64 { syndrome >> 26 & 0x3F }
  /// DFSC or IFSC of an abort.
  var status: UInt64 { syndrome & 0x3F }

  /// Any abort, by whatever level.
  var isAbort: Bool { exceptionClass & 0x3A == 0x20 }
  /// A data abort taken at EL1.
  var isDataAbort: Bool { exceptionClass == 0x25 }
  /// An instruction abort taken at EL1.
  var isInstructionAbort: Bool { exceptionClass == 0x21 }
  /// A data abort taken from EL0.
  var isUserDataAbort: Bool { exceptionClass == 0x24 }
  /// SVC in AArch64 or AArch32: what ends a run at EL0 that no exception ended.
  var isSupervisorCall: Bool { exceptionClass == 0x15 || exceptionClass == 0x11 }
  /// An undefined instruction.
  var isUndefined: Bool { exceptionClass == 0 }
  /// A system register access that the CPU refuses without calling it undefined (FEAT_IDST; Arm DDI 0487, D19.2.37).
  var isRefusedRegister: Bool { exceptionClass == 0x18 }
  /// A synchronous external abort, on the access itself or on a table walk: what the guest is to see of a refusal.
  var isExternal: Bool { status == 0x10 || status & 0x3C == 0x14 }

  /// What was caught on this CPU since the last look, and forgets it.
  static func take() -> Trap? {
    guard hostile_caught_count() != 0 else { return nil }
    hostile_clear()
    return Trap(syndrome: hostile_caught_syndrome(), faultAddress: hostile_caught_fault_address())
  }
}
