/// The rules on how much there may be of what.
enum LimitRules {
  /// Every rule of the family.
  static let all: [any Rule.Type] = [
    DomainLimit.self, CPULimit.self, CPUsPerDomainLimit.self, RegionLimit.self, InterruptLimit.self,
  ]

  /// Where the limits of the runtime's binary format apply.
  static let applicability = "Images for Bulkhead's own runtime; `board: generic` judges ownership alone."
}
