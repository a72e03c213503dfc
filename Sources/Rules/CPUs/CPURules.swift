/// The rules on CPUs.
enum CPURules {
  /// Every rule of the family.
  static let all: [any Rule.Type] = [
    CPUOnce.self, CPUEnabled.self, RequiredFeatureNamed.self, RequiredFeaturePresent.self, RequiredFeatureJudged.self,
    MixedTypesComparable.self, MixedTypesHidden.self,
  ]
}
