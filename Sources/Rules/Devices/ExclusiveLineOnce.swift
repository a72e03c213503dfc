import Diagnostics

/// A channel or a line that cannot be shared goes to one domain.
enum ExclusiveLineOnce: Rule {
  static let description = RuleDescription(
    "BH-DEV-020", title: "a DMA channel, GPIO line or mailbox channel has one owner",
    requirement: "No two domains shall have devices with the same DMA channel, GPIO line or mailbox channel.",
    hazard:
      "Whoever programs the controller, the channel carries one domain's data to the other's device, and a line that one "
      + "domain pulls resets or selects the other's chip.",
    applicability:
      "Every policy: nobody can drive such a line for two. A GPIO's flags and a channel's settings do not count.",
    example: "domains:\n  a: { devices: [ /soc/spi@1000 ] }      # cs-gpios = <&gpio 5 0>\n"
      + "  b: { devices: [ /soc/mmc@2000 ] }      # reset-gpios = <&gpio 5 1>")

  static func check(_ context: RuleContext) -> [Finding] {
    context.lines.lines.flatMap { line -> [Finding] in
      switch line.kind {
      case .dmaChannel, .gpioLine, .mailboxChannel:
        return context.lines.pairs(of: line).map {
          context.finding(description, $0, $1, help: "give both devices to one domain; no policy separates them")
        }
      case .resetLine, .powerDomain, .phy, .privateIOMMU: return []
      }
    }
  }
}
