/// What the identification registers of a board's CPU read.
public struct CPUIdentification: Hashable, Sendable {
  /// The type.
  public let type: CPUType
  /// Every register.
  public private(set) var registers: [IDRegister: UInt64]

  /// A CPU of some type as a board has it; `nil` if the type's registers are not known. What is optional is there only
  /// if the board says so.
  init?(_ type: CPUType, _ statements: [CPUStatement]) {
    guard let full = type.registers else { return nil }
    self.type = type
    registers = Dictionary(uniqueKeysWithValues: IDRegister.allCases.map { ($0, full[$0] ?? 0) })
    for feature in CPUType.optionalFeatures.compactMap(CPUFeature.named) { remove(feature) }
    for statement in statements {
      for feature in statement.present { add(feature) }
      for feature in statement.absent { remove(feature) }
    }
  }

  /// What CPUs have in common, field by field: of two values the one that promises less.
  public static func common(_ all: [CPUIdentification]) -> [IDRegister: UInt64] {
    var common = all.first?.registers ?? [:]
    for other in all.dropFirst() {
      for register in IDRegister.allCases {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 4) {
          let field = IDField(register: register, shift: shift)
          let values = [common[register] ?? 0, other.registers[register] ?? 0].map { field.value(in: $0) }
          value = field.replacing(field.lesser(values[0], values[1]), in: value)
        }
        common[register] = value
      }
    }
    return common
  }

  private mutating func add(_ feature: CPUFeature) {
    guard !feature.isPresent(in: registers), let level = feature.fields.first else { return }
    set(level.field, level.minimum)
  }

  /// The greatest value below the feature's least one: 0b1111 is below 0 where the field is signed.
  private mutating func remove(_ feature: CPUFeature) {
    for level in feature.fields {
      let value = level.field.value(in: registers[level.field.register] ?? 0)
      if level.field.isAtLeast(level.minimum, value) { set(level.field, level.minimum &- 1) }
    }
  }

  private mutating func set(_ field: IDField, _ value: UInt64) {
    registers[field.register] = field.replacing(value, in: registers[field.register] ?? 0)
  }
}
