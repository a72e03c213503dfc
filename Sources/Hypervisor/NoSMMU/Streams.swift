import HypervisorCore
import ImageFormat

/// A system in which no device stands behind an SMMU: none of the code for it is in the image.
enum Streams {
  /// There are none to stop.
  static func stop(_ domain: DomainHandle) -> Bool { true }

  /// There are none to start.
  static func start(_ domain: DomainHandle) -> Bool { true }

  /// An image with an SMMU needs the runtime that drives it.
  static func startAll(_ check: StartCheck) {
    let count = UInt64(check.partition.table.smmuCount)
    if count == 0 { return }
    _ = check.report("number of SMMUs that it drives", planned: count, found: 0)
    Start.refuse()
  }

  static func assignLines() {}

  /// No line is an SMMU's.
  static func have(_ line: UInt32) -> Bool { false }

  static func take(_ line: UInt32) {}

  static func reportSum(of domain: DomainHandle) {}
}
