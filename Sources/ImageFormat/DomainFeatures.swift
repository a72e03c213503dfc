/// Optional parts of the architecture that a domain was given.
public struct DomainFeatures: OptionSet {
  /// One bit a feature.
  public let rawValue: UInt32

  /// Wraps a set of bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Pointer authentication (HCR_EL2.API and APK).
  public static var pointerAuthentication: DomainFeatures { DomainFeatures(rawValue: 1) }
  /// The performance monitors.
  public static var pmu: DomainFeatures { DomainFeatures(rawValue: 2) }
}
