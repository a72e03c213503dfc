/// The ISS of a trapped MSR, MRS or system instruction (Arm DDI 0487, D19.2.40 "ISS encoding for an exception from MSR,
/// MRS, or System instruction execution in AArch64 state").
public struct SystemRegisterAccess {
  /// Bits 24:0 of ESR_EL2.
  public let iss: UInt32

  /// Wraps the field.
  public init(iss: UInt32) { self.iss = iss }

  /// MRS.
  public var isRead: Bool { iss & 1 != 0 }
  /// Rt; 31 is the zero register.
  public var register: Int { Int((iss >> 5) & 31) }
  /// Which register: Op0, Op2, Op1, CRn and CRm at the places that the syndrome has them.
  public var name: UInt32 { iss & Self.nameMask }

  /// A write to ICC_SGI1R_EL1, S3_0_C12_C11_5.
  public var isSoftwareInterrupt: Bool { iss & (Self.nameMask | 1) == Self.name(3, 0, 12, 11, 5) }

  static var nameMask: UInt32 { 0x3FFC1E }

  /// The name of S<op0>_<op1>_C<crn>_C<crm>_<op2>.
  public static func name(_ op0: UInt32, _ op1: UInt32, _ crn: UInt32, _ crm: UInt32, _ op2: UInt32) -> UInt32 {
    op0 << 20 | op2 << 17 | op1 << 14 | crn << 10 | crm << 1
  }

  /// Op0.
  public var op0: UInt32 { (iss >> 20) & 3 }
  /// Op1.
  public var op1: UInt32 { (iss >> 14) & 7 }
  /// CRn.
  public var crn: UInt32 { (iss >> 10) & 15 }
  /// CRm.
  public var crm: UInt32 { (iss >> 1) & 15 }
  /// Op2.
  public var op2: UInt32 { (iss >> 17) & 7 }
}
