/// An exception that EL2 gives to a domain at EL1, as if the CPU had taken it there (Arm DDI 0487, D1.3.1 and D1.3.4).
public struct GuestException {
  /// ESR_EL1.
  public let syndrome: UInt64
  /// What VBAR_EL1 is added to.
  public let vectorOffset: UInt64
  /// PSTATE at the handler, as SPSR_EL2 holds it.
  public let state: UInt64

  /// An undefined instruction.
  ///
  /// - Parameters:
  ///   - state: SPSR_EL2 of the trap.
  ///   - trap: its syndrome, for the length of the instruction.
  ///   - control: SCTLR_EL1.
  public static func undefined(at state: UInt64, trap: Syndrome, control: UInt64) -> GuestException {
    GuestException(exceptionClass: ExceptionClass.unknown, iss: 0, interrupted: state, trap: trap, control: control)
  }

  /// A synchronous external abort for a data or instruction abort of stage 2.
  public static func externalAbort(at state: UInt64, trap: Syndrome, control: UInt64) -> GuestException {
    let abort = AbortSyndrome(iss: trap.iss)
    let fromEL0 = state & 0xF == 0
    let isData = trap.exceptionClass == ExceptionClass.dataAbort
    let exceptionClass =
      switch (isData, fromEL0) {
      case (true, true): ExceptionClass.dataAbort
      case (true, false): ExceptionClass.dataAbortInside
      case (false, true): ExceptionClass.instructionAbort
      case (false, false): ExceptionClass.instructionAbortInside
      }
    // Synchronous external abort, not on a walk (0b010000) or on a walk at a level (0b0101LL).
    var iss: UInt32 = abort.isOnTableWalk ? 0x14 | (abort.status & 3) : 0x10
    if isData, abort.isWrite { iss |= 1 << 6 }
    return GuestException(exceptionClass: exceptionClass, iss: iss, interrupted: state, trap: trap, control: control)
  }

  init(exceptionClass: ExceptionClass, iss: UInt32, interrupted: UInt64, trap: Syndrome, control: UInt64) {
    // A data abort has IL set whatever the instruction's length, unless ISV says otherwise; EL1 sees ISV = 0.
    let isAbort = exceptionClass != ExceptionClass.unknown
    let il: UInt64 = isAbort ? 1 << 25 : trap.rawValue & (1 << 25)
    syndrome = UInt64(exceptionClass.rawValue) << 26 | il | UInt64(iss)
    vectorOffset =
      if interrupted & (1 << 4) != 0 {
        0x600  // from AArch32 at EL0
      } else if interrupted & 0xF == 0 {
        0x400
      } else if interrupted & 1 == 0 {
        0x000  // EL1 on SP_EL0
      } else {
        0x200
      }
    state = Self.stateAtHandler(interrupted: interrupted, control: control)
  }

  /// PSTATE after an exception to EL1: EL1h, D A I F masked; SS, IL, UAO and BTYPE clear; PAN set unless SCTLR_EL1.SPAN
  /// keeps it; SSBS as SCTLR_EL1.DSSBS says; NZCV and DIT kept; TCO set where the domain has memory tagging, which none
  /// has.
  static func stateAtHandler(interrupted: UInt64, control: UInt64) -> UInt64 {
    let kept: UInt64 = 0xF000_0000 | (1 << 24)
    var result = interrupted & kept | 0x3C5
    let pan: UInt64 = 1 << 22
    if control & (1 << 23) == 0 {
      result |= pan
    } else {
      result |= interrupted & pan
    }
    if control & (1 << 44) != 0 { result |= 1 << 12 }
    return result
  }

  /// Whether a state is AArch64's (M[4] is 0) and `stateAfterInstruction` of it the same.
  public static func continuesAsItIs(_ state: UInt64) -> Bool { state & (1 << 21 | 3 << 10 | 1 << 4) == 0 }

  /// SPSR_EL2 for continuing after an instruction that EL2 carried out: SS (21) and BTYPE (11:10) are clear, as they
  /// are after any instruction.
  public static func stateAfterInstruction(_ state: UInt64) -> UInt64 { state & ~(1 << 21 | 3 << 10) }
}
