/// ESR_ELx.EC (Arm DDI 0487, D19.2.40).
public struct ExceptionClass: Equatable {
  /// Six bits.
  public let rawValue: UInt8

  /// Wraps a value of the field.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Unknown reason; at EL2 from EL2: an undefined instruction.
  public static var unknown: ExceptionClass { ExceptionClass(rawValue: 0x00) }
  /// MCR or MRC to coprocessor 15, from AArch32 at EL0.
  public static var cp15: ExceptionClass { ExceptionClass(rawValue: 0x03) }
  /// MCRR or MRRC to coprocessor 15.
  public static var cp15Wide: ExceptionClass { ExceptionClass(rawValue: 0x04) }
  /// MCR or MRC to coprocessor 14.
  public static var cp14: ExceptionClass { ExceptionClass(rawValue: 0x05) }
  /// LDC or STC to coprocessor 14.
  public static var cp14Load: ExceptionClass { ExceptionClass(rawValue: 0x06) }
  /// Floating point and SIMD, trapped by CPTR_EL2.
  public static var floatingPoint: ExceptionClass { ExceptionClass(rawValue: 0x07) }
  /// VMRS of an identification register.
  public static var vmrs: ExceptionClass { ExceptionClass(rawValue: 0x08) }
  /// A pointer authentication instruction with HCR_EL2.API = 0.
  public static var pointerAuthentication: ExceptionClass { ExceptionClass(rawValue: 0x09) }
  /// LD64B and its kin.
  public static var load64: ExceptionClass { ExceptionClass(rawValue: 0x0A) }
  /// MRRC to coprocessor 14.
  public static var cp14Wide: ExceptionClass { ExceptionClass(rawValue: 0x0C) }
  /// HVC from AArch64.
  public static var hvc: ExceptionClass { ExceptionClass(rawValue: 0x16) }
  /// SMC from AArch64.
  public static var smc: ExceptionClass { ExceptionClass(rawValue: 0x17) }
  /// MSR, MRS or a system instruction.
  public static var systemRegister: ExceptionClass { ExceptionClass(rawValue: 0x18) }
  /// SVE.
  public static var sve: ExceptionClass { ExceptionClass(rawValue: 0x19) }
  /// SME.
  public static var sme: ExceptionClass { ExceptionClass(rawValue: 0x1D) }
  /// Instruction abort from a lower exception level.
  public static var instructionAbort: ExceptionClass { ExceptionClass(rawValue: 0x20) }
  /// Data abort from a lower exception level.
  public static var dataAbort: ExceptionClass { ExceptionClass(rawValue: 0x24) }
  /// Data abort at the same exception level.
  public static var dataAbortInside: ExceptionClass { ExceptionClass(rawValue: 0x25) }
  /// Instruction abort at the same exception level.
  public static var instructionAbortInside: ExceptionClass { ExceptionClass(rawValue: 0x21) }
  /// BRK from AArch64.
  public static var brk: ExceptionClass { ExceptionClass(rawValue: 0x3C) }

  /// Trapped because the domain was not given the feature: undefined for the domain.
  public var isAbsentFeature: Bool {
    switch rawValue {
    case Self.cp15.rawValue, Self.cp15Wide.rawValue, Self.cp14.rawValue, Self.cp14Load.rawValue,
      Self.floatingPoint.rawValue, Self.vmrs.rawValue, Self.pointerAuthentication.rawValue, Self.load64.rawValue,
      Self.cp14Wide.rawValue, Self.sve.rawValue, Self.sme.rawValue:
      true
    default: false
    }
  }
}
