import Manifest

/// The providers of a plan, found by path.
struct ProviderTable: Sendable {
  /// The providers that devices of a domain reach, in the tree's order.
  let all: [ProviderPlan]
  private let positions: [String: Int]

  /// Takes the providers in the tree's order.
  init(_ providers: [ProviderPlan] = []) {
    all = providers
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

  /// What becomes of a domain's references to a node; `nil` if it is no provider that anything of the domain reaches.
  func treatment(ofProvider path: String, in domain: String) -> ProviderTreatment? {
    guard let provider = provider(at: path) else { return nil }
    if provider.driver == domain { return .driven }
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
