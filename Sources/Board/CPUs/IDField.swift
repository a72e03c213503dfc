/// One of the sixteen four-bit fields of an identification register, and which of two values promises less.
struct IDField: Hashable, Sendable {
  /// How the values of a field are ordered (Arm DDI 0487, D19.1.3, “Principles of the ID scheme for fields in ID
  /// registers”).
  enum Order: Sendable {
    /// Unsigned: more is a greater number.
    case unsigned
    /// Signed: 0b1111 is less than 0.
    case signed
    /// A hazard, not a service: the greater number promises less.
    case hazard
    /// A stage-2 granule: 1 is “not there”, 0 and the rest say something else; where CPUs differ, 1.
    case secondStage
  }

  /// The register.
  let register: IDRegister
  /// Its lowest bit.
  let shift: UInt64

  /// The fields that are not unsigned.
  private static let orders: [IDField: Order] = [
    // FP and AdvSIMD: 0b1111 without, 0 with, 1 with half precision.
    IDField(register: .pfr0, shift: 16): .signed, IDField(register: .pfr0, shift: 20): .signed,
    // PMUVer: 0b1111 is an implementation's own. DoubleLock and MTPMU: 0b1111 is “not there”.
    IDField(register: .dfr0, shift: 8): .signed, IDField(register: .dfr0, shift: 36): .signed,
    IDField(register: .dfr0, shift: 48): .signed,
    // TGran64 and TGran4: 0b1111 is “not there”. TGran16 is unsigned.
    IDField(register: .mmfr0, shift: 24): .signed, IDField(register: .mmfr0, shift: 28): .signed,
    IDField(register: .mmfr0, shift: 32): .secondStage, IDField(register: .mmfr0, shift: 36): .secondStage,
    IDField(register: .mmfr0, shift: 40): .secondStage,
    // SpecSEI: 1 is “speculative reads can raise SError”.
    IDField(register: .mmfr1, shift: 24): .hazard,
  ]

  /// The field's value in a register's.
  func value(in register: UInt64) -> UInt64 { (register >> shift) & 0xF }

  /// A register's value with this field replaced.
  func replacing(_ value: UInt64, in register: UInt64) -> UInt64 {
    register & ~(0xF << shift) | (value & 0xF) << shift
  }

  /// Which of two values promises less.
  func lesser(_ left: UInt64, _ right: UInt64) -> UInt64 {
    guard left != right else { return left }
    switch Self.orders[self] ?? .unsigned {
    case .unsigned: return min(left, right)
    case .signed: return Self.signed(left) < Self.signed(right) ? left : right
    case .hazard: return max(left, right)
    case .secondStage: return 1
    }
  }

  /// Whether a value is at least another one.
  func isAtLeast(_ minimum: UInt64, _ value: UInt64) -> Bool { lesser(value, minimum) == minimum }

  private static func signed(_ value: UInt64) -> Int { value < 8 ? Int(value) : Int(value) - 16 }
}
