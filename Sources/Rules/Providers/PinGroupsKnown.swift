import Diagnostics
import Partition

/// Says which pins a domain will not be able to set.
enum PinGroupsKnown: Rule {
  static let description = RuleDescription(
    "BH-PRV-010", title: "pins that firmware is asked for are known",
    requirement:
      "The pins of every group that a device's pin states name in a firmware's pin controller should be known, so that "
      + "requests for exactly these can be let through.",
    hazard: "Requests for other pins are refused, and a driver whose pins cannot be set does not start.",
    applicability: "A warning, for pin controllers with `policy: firmware`.",
    example: "devices: [ /axi/mmc@ff170000 ]      # pins of sdio1_0_grp, which is not in Bulkhead's table",
    isWaivable: true)

  static func check(_ context: RuleContext) -> [Finding] {
    context.draft.providers.flatMap { provider in
      provider.domains.compactMap { name -> Finding? in
        let groups = context.draft.unknownPinGroups(of: provider, in: name)
        guard !groups.isEmpty, let use = provider.users.first(where: { $0.domain == name }) else { return nil }
        return Finding(
          description, .warning,
          "the pins of \(groups.map { Quotation.quoted($0) }.listed(8)) in \(provider.path) are not known, so domain \(name) "
            + "cannot set them",
          subjects: [provider.path, use.device], resource: ResourceReference(.provider, provider.path), domains: [name],
          spans: [context.span(of: use)],
          help: "let the boot loader set the pins:\nproviders:\n"
            + "  \(provider.path): { policy: boot-configured, reason: \"…\" }")
      }
    }
  }
}
