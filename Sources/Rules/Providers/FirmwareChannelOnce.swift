import Diagnostics
import Manifest
import Partition

/// What asks firmware by messages has one asker.
enum FirmwareChannelOnce: Rule {
  static let description = RuleDescription(
    "BH-PRV-006", title: "firmware that is asked by messages is asked by one domain",
    requirement:
      "An interface to firmware whose requests are messages in shared memory or mailboxes (SCMI, TI-SCI) shall have "
      + "`policy: firmware` only if the devices of one domain alone depend on it.",
    hazard: "EL2 does not read messages: whoever can send one can stop any clock that the firmware has.",
    applicability: "Providers with `policy: firmware`.",
    example:
      "providers:\n  /bus@100000/system-controller@44083000: { policy: firmware }      # TI-SCI, and two domains use it"
  )

  static func check(_ context: RuleContext) -> [Finding] {
    var seen: Set<[String]> = []
    return context.draft.providers.flatMap { provider -> [Finding] in
      guard provider.policy == .firmware, let first = provider.users.first,
        let transport = FirmwareTransport.of(provider.path, on: context.draft.board.tree), transport.isByMessages
      else { return [] }
      return provider.users.compactMap { use in
        guard use.domain != first.domain, seen.insert([transport.interface, first.domain, use.domain]).inserted else {
          return nil
        }
        return finding(provider, transport, first, use, context)
      }
    }
  }

  private static func finding(
    _ provider: ProviderPlan, _ transport: FirmwareTransport, _ first: ProviderUse, _ second: ProviderUse,
    _ context: RuleContext
  ) -> Finding {
    let channels = transport.channels.listed()
    return Finding(
      description, .error,
      "\(context.words(first)) and \(context.words(second)) both need \(provider.path), and requests to "
        + "\(transport.interface) are messages\(channels.isEmpty ? "" : " through \(channels)"), which cannot be told apart",
      subjects: [first.device, second.device], resource: ResourceReference(.provider, provider.path),
      domains: [first.domain, second.domain], spans: [context.span(of: first), context.span(of: second)],
      labels: ["the other domain's device"],
      help: "let one domain ask and the other do with what it finds:\nproviders:\n"
        + "  \(transport.interface): { policy: owned-by \(first.domain), reason: \"…\" }")
  }
}
