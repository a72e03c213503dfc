/// An exception taken to EL1 using AArch64, as the manual's pseudocode AArch64.TakeException has it (Arm DDI 0487), for
/// a CPU without memory tagging.
struct ExceptionModel {
  /// SPSR_EL2 at the trap.
  let interrupted: UInt64
  /// SCTLR_EL1.
  let control: UInt64

  func flag(_ bit: UInt64) -> Bool { interrupted >> bit & 1 == 1 }

  var isFromAArch32: Bool { flag(4) }
  var isFromEL0: Bool { isFromAArch32 || interrupted & 0xF == 0 }

  var vectorOffset: UInt64 {
    if isFromAArch32 { return 0x600 }
    if interrupted & 0xF == 0 { return 0x400 }
    return flag(0) ? 0x200 : 0
  }

  /// PSTATE bit by bit, in the places of an SPSR.
  var state: UInt64 {
    var result: UInt64 = 0
    func set(_ bit: UInt64, _ value: Bool) { if value { result |= 1 << bit } }
    for condition in 28...31 as ClosedRange<UInt64> { set(condition, flag(condition)) }
    set(24, flag(24))  // DIT is kept.
    set(22, control >> 23 & 1 == 0 || flag(22))  // PAN, by SCTLR_EL1.SPAN.
    set(12, control >> 44 & 1 == 1)  // SSBS, by SCTLR_EL1.DSSBS.
    for mask in 6...9 as ClosedRange<UInt64> { set(mask, true) }  // D, A, I, F.
    set(2, true)  // EL1
    set(0, true)  // on SP_EL1
    return result
  }
}
