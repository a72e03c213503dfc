import Board
import Diagnostics
import Manifest

/// A reset line or a power domain that somebody drives goes to one domain.
enum ResetAndPowerOnce: Rule {
  static let description = RuleDescription(
    "BH-DEV-021", title: "a reset line or power domain has one owner",
    requirement:
      "No two domains shall have devices with the same reset line or power domain, unless its controller is "
      + "`boot-configured`, so that nobody drives it, or left to the `firmware`.",
    hazard: "One domain's driver resets the other's device, or takes its power, in the middle of its work.",
    applicability: "Controllers without a policy, or `owned-by` a domain.",
    example: "domains:\n  a: { devices: [ /soc/usb@ee080000 ] }\n  b: { devices: [ /soc/usb-phy@ee080200 ] }      "
      + "# both reset line 703")

  static func check(_ context: RuleContext) -> [Finding] {
    context.lines.lines.filter(\.kind.isSettledByPolicy).flatMap { line -> [Finding] in
      let because: String
      switch context.policy(of: line.controller) {
      case .bootConfigured, .firmware: return []
      case .ownedBy(let domain): because = ", which domain \(domain) drives"
      case nil: because = ""
      }
      return context.lines.pairs(of: line).map {
        context.finding(description, $0, $1, because: because, help: help(line.controller))
      }
    }
  }

  private static func help(_ controller: String) -> String {
    "give both devices to one domain, or let nobody drive the line:\nproviders:\n"
      + "  \(controller): { policy: boot-configured, reason: \"…\" }"
  }
}
