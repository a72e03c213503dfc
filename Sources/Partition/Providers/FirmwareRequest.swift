import DeviceTree

/// Something that a domain may ask firmware to change, by calls that the hypervisor judges one by one.
public struct FirmwareRequest: Hashable, Sendable {
  /// The domain, or `hypervisor` for what its own devices depend on (it makes no such calls).
  public let domain: String
  /// Path of the device that needs it.
  public let device: String
  /// Path of the provider, a node of the interface to firmware.
  public let provider: String
  /// What it is.
  public let object: FirmwareObject
}

extension Draft {
  /// What the domains may ask firmware for by EEMI, and what the hypervisor's own devices depend on there, by provider.
  public var firmwareRequests: [FirmwareRequest] {
    providers.flatMap { provider -> [FirmwareRequest] in
      guard case .embeddedEnergyManagement = FirmwareTransport.of(provider.path, on: board.tree) else { return [] }
      let askers = provider.users.filter { provider.policy == .firmware || provider.driver == $0.domain }
      return (askers + provider.hypervisorUsers).flatMap { use in
        EnergyManagementCalls.objects(of: use, on: board.tree).map {
          FirmwareRequest(domain: use.domain, device: use.device, provider: provider.path, object: $0)
        }
      }
    }
  }

  /// Groups of pins that a domain's devices refer to in an EEMI pin controller and whose pins are not known, so that no
  /// call for them is let through.
  public func unknownPinGroups(of provider: ProviderPlan, in domain: String) -> [String] {
    guard let node = board.tree.node(at: provider.path), EnergyManagementCalls.isPins(node),
      provider.policy == .firmware || provider.driver == domain
    else { return [] }
    let states = provider.users.filter { $0.domain == domain }.compactMap { board.tree.node(at: $0.reference.from) }
    let isKnown = EnergyManagementCalls.isKnownPins(node)
    return Set(
      states.flatMap { state in
        isKnown ? PinGroups.pins(of: state, on: board.tree).unknown : PinGroups.names(of: state, on: board.tree)
      }
    ).sorted()
  }

  /// Whether an entry of `providers:` covers a node.
  public func hasPolicy(covering path: String) -> Bool { providerTable.policies.entry(covering: path) != nil }
}
