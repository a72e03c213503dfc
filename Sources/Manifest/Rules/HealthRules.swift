import Diagnostics

/// The rules on `health:`.
enum HealthRules {
  /// Domains that the page has an entry for.
  static let capacity = 31

  static let all = [name, room]

  static let name = RuleDescription(
    "BH-HLT-001", title: "the health page's name",
    requirement: "No channel shall be called `health` where a domain has `health: read`.",
    hazard:
      "A domain finds both under one label in its device tree, and takes another domain's words for the hypervisor's.",
    applicability: "`channels:` beside `health: read`.",
    example: "channels:\n  health: { size: 4 KiB, writer: a, readers: [b] }      # and domains.b has health: read")

  static let room = RuleDescription(
    "BH-HLT-002", title: "the health page's room",
    requirement: "There shall be at most \(capacity) domains where one of them has `health: read`.",
    hazard: "What happens to the domains behind the last entry is seen by nobody.",
    applicability: "`health: read`.",
    example: "health: read      # in one of 32 domains")
}
