import DeviceTree
import Manifest

/// The providers of a plan, found by path.
struct ProviderTable: Sendable {
  /// The providers that devices of a domain reach, in the tree's order.
  let all: [ProviderPlan]
  /// The entries of `providers:`.
  let policies: ProviderPolicies
  private let positions: [String: Int]

  /// Takes the providers in the tree's order.
  init(_ providers: [ProviderPlan], _ policies: ProviderPolicies) {
    all = providers
    self.policies = policies
    positions = Dictionary(
      providers.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The provider at a node, or the nearest one above it.
  func provider(at path: String) -> ProviderPlan? {
    var path = path[...]
    while !path.isEmpty {
      if let position = positions[String(path)] { return all[position] }
      path = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
    }
    return nil
  }

  /// The calls to firmware that a domain's devices need, in order.
  func firmwareCalls(of domain: String, on tree: DeviceTree) -> [FirmwareCall] {
    var energyManagement: [ProviderUse] = []
    var calls: Set<FirmwareCall> = []
    for provider in all where provider.isFirmware {
      let uses = provider.users.filter { $0.domain == domain }
      guard provider.driver == domain || provider.policy == .firmware && !uses.isEmpty else { continue }
      switch FirmwareTransport.of(provider.path, on: tree) {
      case .embeddedEnergyManagement: energyManagement += uses
      case .scmiSMC(_, let function, _): calls.insert(FirmwareCall(functions: function...function))
      case .mailbox, nil: break
      }
    }
    return calls.sorted() + EnergyManagementCalls.calls(for: energyManagement, on: tree)
  }

  /// What becomes of a domain's references to a node; `nil` if it is no provider that anything of the domain reaches.
  func treatment(ofProvider path: String, in domain: String) -> ProviderTreatment? {
    guard let provider = provider(at: path) else { return nil }
    if provider.driver == domain { return provider.isFirmware ? .firmware : .driven }
    guard provider.users.contains(where: { $0.domain == domain }) else { return nil }
    return provider.policy == .firmware ? .firmware : .stub(rates: provider.rates)
  }
}

extension Draft {
  /// Hardware that the domains' devices depend on, in the tree's order.
  public var providers: [ProviderPlan] { providerTable.all }

  /// What becomes of a domain's references to a node; `nil` if it is no provider that anything of the domain reaches. A
  /// node below a provider is treated like it.
  public func treatment(ofProvider path: String, in domain: String) -> ProviderTreatment? {
    providerTable.treatment(ofProvider: path, in: domain)
  }
}

extension Plan {
  /// Hardware that the domains' devices depend on, in the tree's order.
  public var providers: [ProviderPlan] { draft.providers }

  /// What becomes of a domain's references to a node; `nil` if it is no provider that anything of the domain reaches. A
  /// node below a provider is treated like it.
  public func treatment(ofProvider path: String, in domain: String) -> ProviderTreatment? {
    draft.treatment(ofProvider: path, in: domain)
  }
}
