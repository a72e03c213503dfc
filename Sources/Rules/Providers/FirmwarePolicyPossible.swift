import Diagnostics
import Manifest
import Partition

/// Only what firmware serves is left to firmware.
enum FirmwarePolicyPossible: Rule {
  static let description = RuleDescription(
    "BH-PRV-005", title: "only firmware is left to firmware",
    requirement:
      "`policy: firmware` shall stand only on nodes of an interface to firmware whose requests can be kept apart: "
      + "Xilinx EEMI or SCMI by SMC, SCMI or TI-SCI by mailboxes.",
    hazard:
      "Registers cannot be asked, and requests of two domains that nobody can tell apart are as good as a controller that "
      + "both drive.",
    applicability: "Providers with `policy: firmware`.",
    example: "providers:\n  /soc/clock-controller@30380000: { policy: firmware }      # plain registers")

  static func check(_ context: RuleContext) -> [Finding] {
    var seen: Set<String> = []
    return context.draft.providers.compactMap { provider in
      guard provider.policy == .firmware, !provider.isFirmware, let declaration = provider.declaration,
        seen.insert(provider.declaredPath ?? provider.path).inserted
      else { return nil }
      return Finding(
        description, .error,
        "\(provider.path) has `policy: firmware`, and it is no part of an interface to firmware by EEMI, SCMI or TI-SCI",
        subjects: [provider.path] + (provider.users.first.map { [$0.device] } ?? []),
        resource: ResourceReference(.provider, provider.path), domains: provider.domains,
        spans: [declaration.policy.span ?? declaration.path.span],
        help: "write `policy: boot-configured`, or `policy: owned-by` with the domain that shall drive it")
    }
  }
}
