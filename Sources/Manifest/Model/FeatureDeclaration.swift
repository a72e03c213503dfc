import Diagnostics

/// One entry of a domain's `features:`.
public struct FeatureDeclaration: Sendable {
  /// Which feature.
  public let feature: Located<Feature>
  /// Whether the domain gets it.
  public let isOn: Located<Bool>
}
