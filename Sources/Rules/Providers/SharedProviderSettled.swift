import Diagnostics
import Manifest
import Partition

/// What two parties depend on has a policy.
enum SharedProviderSettled: Rule {
  static let description = RuleDescription(
    "BH-PRV-001", title: "shared providers have a policy",
    requirement:
      "Every controller of clocks, resets, power, pins, regulators or other lines that devices of two domains, or of "
      + "a domain and the hypervisor, depend on shall have a policy under `providers:`, on its node or one above it.",
    hazard:
      "Whoever drives a shared controller can stop, reset or re-clock the other's device; if nobody was told to drive it, "
      + "both drivers find their registers missing. On real boards 80% of all pairs of devices share nothing else.",
    example:
      "domains:\n  a: { devices: [ /soc/serial@30890000 ] }\n  b: { devices: [ /soc/ethernet@30be0000 ] }\n"
      + "# both are clocked by /soc/clock-controller@30380000, and there is no `providers:`")

  /// One party's first device that depends on a provider; the device that is the provider itself, for its driver.
  private struct Side: Hashable {
    let party: String
    let device: String
  }

  private struct Pair: Hashable {
    let left: Side
    let right: Side
  }

  static func check(_ context: RuleContext) -> [Finding] {
    var order: [Pair] = []
    var shared: [Pair: [ProviderPlan]] = [:]
    for provider in context.draft.providers where !provider.isSettled {
      // No policy lets two share what serves one device at a time; that has rules of its own.
      guard !provider.users.allSatisfy({ $0.reference.role == .exclusive }) else { continue }
      let sides = sides(of: provider, context)
      for (index, left) in sides.enumerated() {
        for right in sides[(index + 1)...] {
          let pair = Pair(left: left, right: right)
          if shared[pair] == nil { order.append(pair) }
          shared[pair, default: []].append(provider)
        }
      }
    }
    return order.map { finding($0, shared[$0] ?? [], context) }
  }

  private static func sides(of provider: ProviderPlan, _ context: RuleContext) -> [Side] {
    provider.parties.map { party in
      if provider.driver == party, let own = context.driverDevice(of: provider) {
        return Side(party: party, device: own)
      }
      let uses = party == "hypervisor" ? provider.hypervisorUsers : provider.users
      let use = uses.first { $0.domain == party && $0.isDirect } ?? uses.first { $0.domain == party }
      return Side(party: party, device: use?.device ?? provider.path)
    }
  }

  private static func finding(_ pair: Pair, _ providers: [ProviderPlan], _ context: RuleContext) -> Finding {
    let suggestion = ProviderSuggestion(providers, parties: [pair.left.party, pair.right.party], context)
    let domains = [pair.left.party, pair.right.party].filter { name in
      context.draft.domains.contains { $0.name == name }
    }
    return Finding(
      description, .error, message(pair, suggestion.providers), subjects: [pair.left.device, pair.right.device],
      resource: ResourceReference(.provider, suggestion.providers.first?.path), domains: domains,
      spans: [span(pair.left, context), span(pair.right, context)], labels: ["the other side"],
      help: help(suggestion, context))
  }

  private static func help(_ suggestion: ProviderSuggestion, _ context: RuleContext) -> String {
    let say = "say what becomes of \(suggestion.entries.count == 1 ? "it" : "them"):\n" + suggestion.text
    for provider in suggestion.providers {
      guard let driver = provider.driver, let own = context.driverDevice(of: provider),
        !context.mayOwn(driver, provider)
      else { continue }
      return "take \(own) out of domain \(driver), as something more critical depends on it, and \(say)"
    }
    return say
  }

  private static func message(_ pair: Pair, _ providers: [ProviderPlan]) -> String {
    func words(_ side: Side) -> String {
      side.party == "hypervisor"
        ? "\(side.device), which the hypervisor drives," : "\(side.device) of domain \(side.party)"
    }
    if let driver = providers.first?.driver, driver == pair.left.party, let provider = providers.first {
      let purpose = provider.users.first { $0.domain == pair.right.party }?.purpose ?? "provider"
      return "\(words(pair.right)) needs \(provider.path) (\(purpose)), which domain \(driver) has among its devices"
    }
    let names = providers.map { provider in
      let uses = provider.users + provider.hypervisorUsers
      let kinds = Set(uses.map(\.reference.kind).filter { $0 != .bus }.map(\.rawValue)).sorted()
      return provider.path + (kinds.isEmpty ? "" : " (\(kinds.joined(separator: ", ")))")
    }
    return
      "\(words(pair.left)) and \(words(pair.right)) both need \(names.listed()), and `providers:` does not say what "
      + "becomes of \(names.count == 1 ? "it" : "them")"
  }

  private static func span(_ side: Side, _ context: RuleContext) -> SourceSpan? {
    context.device(side.device, of: side.party)?.span ?? context.draft.manifest.hypervisor.console?.span
  }
}
