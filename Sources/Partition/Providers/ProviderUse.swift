import Board

/// One reference through which a device needs a provider.
public struct ProviderUse: Hashable, Sendable {
  /// The domain whose device it is; `hypervisor` among `ProviderPlan.hypervisorUsers`.
  public let domain: String
  /// Path of the device.
  public let device: String
  /// The reference to the provider: the device's own, or that of another node that the device needs.
  public let reference: Dependency
  /// Whether the device gets there without passing a node that a policy of its own settles. What is behind such a node
  /// need not be settled again, but who may change it still matters.
  public let isDirect: Bool

  /// The number of the clock that is referred to (`ProviderPlan.clockNumber`).
  public var clockNumber: UInt32 { ProviderPlan.clockNumber(reference.specifier) }

  /// Makes a use.
  public init(domain: String, device: String, reference: Dependency, isDirect: Bool) {
    self.domain = domain
    self.device = device
    self.reference = reference
    self.isDirect = isDirect
  }
}
