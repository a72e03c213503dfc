/// An AArch64 identification register that says what a CPU can do (Arm DDI 0487, D19.2).
///
/// The raw value is CRm × 8 + op2 of its encoding S3_0_C0_C<CRm>_<op2>.
public enum IDRegister: Int, CaseIterable, Comparable, Sendable {
  /// ID_AA64PFR0_EL1, processor features.
  case pfr0 = 32
  /// ID_AA64PFR1_EL1, processor features.
  case pfr1 = 33
  /// ID_AA64DFR0_EL1, debug features.
  case dfr0 = 40
  /// ID_AA64ISAR0_EL1, instruction set.
  case isar0 = 48
  /// ID_AA64ISAR1_EL1, instruction set.
  case isar1 = 49
  /// ID_AA64ISAR2_EL1, instruction set.
  case isar2 = 50
  /// ID_AA64MMFR0_EL1, memory model.
  case mmfr0 = 56
  /// ID_AA64MMFR1_EL1, memory model.
  case mmfr1 = 57
  /// ID_AA64MMFR2_EL1, memory model.
  case mmfr2 = 58

  /// The architecture's name.
  public var name: String {
    switch self {
    case .pfr0: "ID_AA64PFR0_EL1"
    case .pfr1: "ID_AA64PFR1_EL1"
    case .dfr0: "ID_AA64DFR0_EL1"
    case .isar0: "ID_AA64ISAR0_EL1"
    case .isar1: "ID_AA64ISAR1_EL1"
    case .isar2: "ID_AA64ISAR2_EL1"
    case .mmfr0: "ID_AA64MMFR0_EL1"
    case .mmfr1: "ID_AA64MMFR1_EL1"
    case .mmfr2: "ID_AA64MMFR2_EL1"
    }
  }

  /// In the order of their encodings.
  public static func < (left: IDRegister, right: IDRegister) -> Bool { left.rawValue < right.rawValue }
}
