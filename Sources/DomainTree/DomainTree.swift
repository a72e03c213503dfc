import Diagnostics

/// The device tree of a domain, and what had to be left out of it.
public struct DomainTree: Sendable {
  /// The flattened tree.
  public let blob: [UInt8]
  /// Notes and warnings on properties that were left out.
  public let findings: [Finding]
}
