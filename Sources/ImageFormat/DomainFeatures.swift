/// Optional parts of the architecture that a domain was given. Not an `OptionSet`, which would bring arrays, and so a
/// heap, into the runtime.
public struct DomainFeatures: Equatable, Sendable {
  /// One bit a feature.
  public private(set) var rawValue: UInt32

  /// Wraps a set of bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Pointer authentication (HCR_EL2.API and APK).
  public static var pointerAuthentication: DomainFeatures { DomainFeatures(rawValue: 1) }
  /// The performance monitors.
  public static var pmu: DomainFeatures { DomainFeatures(rawValue: 2) }
  /// The scalable vector extension.
  public static var sve: DomainFeatures { DomainFeatures(rawValue: 4) }
  /// Self-hosted debug: breakpoints and watchpoints.
  public static var debug: DomainFeatures { DomainFeatures(rawValue: 8) }

  /// Whether all of some features are among these.
  public func contains(_ other: DomainFeatures) -> Bool { rawValue & other.rawValue == other.rawValue }

  /// Adds features.
  public mutating func insert(_ other: DomainFeatures) { rawValue |= other.rawValue }

  /// Removes features.
  public mutating func remove(_ other: DomainFeatures) { rawValue &= ~other.rawValue }
}
