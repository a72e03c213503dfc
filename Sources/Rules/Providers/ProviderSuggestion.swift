import Board
import Diagnostics
import Manifest
import Partition

/// The lines of a manifest that settle who may do what with shared providers.
struct ProviderSuggestion {
  /// The providers that have to be settled: without those below another one, and those that are only behind another.
  let providers: [ProviderPlan]
  /// Lines under `providers:`, one for each node.
  let entries: [String]

  /// The section as it can be pasted.
  var text: String { "providers:\n" + entries.map { "  " + $0 }.joined(separator: "\n") }

  /// Looks for the fewest entries after which two parties share nothing unsettled.
  init(_ providers: [ProviderPlan], parties: [String], _ context: RuleContext) {
    let outermost = providers.filter { provider in
      !providers.contains { $0.path != provider.path && provider.path.hasPrefix($0.path + "/") }
    }
    self.providers = Self.needed(among: outermost, parties, context)
    entries = self.providers.reduce(into: []) { lines, provider in
      let line = Self.entry(for: provider, context)
      if !lines.contains(line) { lines.append(line) }
    }
  }

  /// Without the providers that only stand behind others. What had been left out because of one that is itself left out
  /// later comes back in the end.
  private static func needed(
    among candidates: [ProviderPlan], _ parties: [String], _ context: RuleContext
  ) -> [ProviderPlan] {
    func isReached(_ provider: ProviderPlan, from device: String, behind others: [ProviderPlan]) -> Bool {
      let closure = DependencyClosure(context.draft.board, of: device) { path in
        context.draft.hasPolicy(covering: path)
          || others.contains { path == $0.path || path.hasPrefix($0.path + "/") }
      }
      return closure.edges.contains { $0.to == provider.path || $0.to.hasPrefix(provider.path + "/") }
    }
    func isShared(_ provider: ProviderPlan, behind others: [ProviderPlan]) -> Bool {
      parties.allSatisfy { party in
        devices(of: party, using: provider).contains { isReached(provider, from: $0, behind: others) }
      }
    }
    guard candidates.count > 1 else { return candidates }
    var kept = candidates
    for provider in candidates.reversed() where provider.driver == nil {
      let others = kept.filter { $0.path != provider.path }
      if !isShared(provider, behind: others) { kept = others }
    }
    for provider in candidates where !kept.contains(where: { $0.path == provider.path }) {
      if isShared(provider, behind: kept) { kept.append(provider) }
    }
    return candidates.filter { candidate in kept.contains { $0.path == candidate.path } }
  }

  /// A party's devices that depend on a provider; of very many the first, as the lines are only advice.
  private static func devices(of party: String, using provider: ProviderPlan) -> [String] {
    let uses = provider.users.filter { $0.domain == party }
    let devices = (uses.isEmpty ? provider.hypervisorUsers : uses).map(\.device)
    return Array(devices.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }.prefix(16))
  }

  private static func entry(for provider: ProviderPlan, _ context: RuleContext) -> String {
    if let driver = provider.driver, let own = context.driverDevice(of: provider) {
      let policy = context.mayOwn(driver, provider) ? "owned-by \(driver)" : "boot-configured"
      return "\(own): { policy: \(policy), reason: \"…\" }"
    }
    switch FirmwareTransport.of(provider.path, on: context.draft.board.tree) {
    case .embeddedEnergyManagement(let interface): return "\(interface): { policy: firmware, reason: \"…\" }"
    case .scmiSMC(let interface, _, _), .mailbox(let interface, _):
      return "\(interface): { policy: boot-configured, reason: \"…\" }"
    case nil: break
    }
    let numbers = Set(provider.users.filter { $0.reference.kind == .clock }.map(\.clockNumber))
    let rates = provider.rates.filter { numbers.contains($0.key) }.sorted { $0.key < $1.key }
    let words = rates.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
    return "\(provider.path): { policy: boot-configured, \(rates.isEmpty ? "" : "rates: { \(words) }, ")reason: \"…\" }"
  }
}

extension RuleContext {
  /// Whether nobody above a domain in criticality depends on a provider that it is to own.
  func mayOwn(_ domain: String, _ provider: ProviderPlan) -> Bool {
    provider.hypervisorUsers.isEmpty
      && provider.users.allSatisfy { criticality(of: $0.domain) <= criticality(of: domain) }
  }

  /// The device of its driver through which the driver has a provider.
  func driverDevice(of provider: ProviderPlan) -> String? {
    guard let driver = provider.driver else { return nil }
    let paths = draft.domains.first { $0.name == driver }?.devices.map(\.path) ?? []
    return paths.filter { provider.path == $0 || provider.path.hasPrefix($0 + "/") }.max {
      $0.utf8.count < $1.utf8.count
    }
  }
}
