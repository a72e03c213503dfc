/// The rules on optional parts of the architecture that a manifest gives.
enum FeatureRules {
  /// Every rule of the family.
  static let all: [any Rule.Type] = [FeaturePresent.self, PerformanceMonitorLine.self, FeatureOnOneType.self]
}
