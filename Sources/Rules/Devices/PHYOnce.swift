import Board
import Diagnostics
import Partition

/// A PHY, and a private IOMMU, goes with the device that it serves.
enum PHYOnce: Rule {
  static let description = RuleDescription(
    "BH-DEV-022", title: "a PHY belongs to the device that it serves",
    requirement:
      "No PHY and no private IOMMU of one domain's device shall serve, belong to or be reached through the MDIO bus of, "
      + "another domain's.",
    hazard:
      "Whoever drives the PHY, or the bus on which it is addressed, can take the other domain's link down; whoever drives "
      + "the IOMMU decides what the other domain's device reaches.",
    example: "domains:\n  a: { devices: [ /soc/ethernet@1000 ] }      # phy-handle = <&phy1>\n"
      + "  b: { devices: [ /soc/ethernet@2000 ] }      # its mdio node holds phy1")

  static func check(_ context: RuleContext) -> [Finding] {
    var findings: [Finding] = []
    for line in context.lines.lines where line.kind == .phy || line.kind == .privateIOMMU {
      let pairs = context.lines.pairs(of: line)
      findings += pairs.map {
        context.finding(description, $0, $1, help: "give both devices to one domain; no policy separates them")
      }
      let known = Set(
        pairs.flatMap { [$0.0.device.path + "\n" + $0.1.device.path, $0.1.device.path + "\n" + $0.0.device.path] })
      for holder in context.lines.holders(of: line) {
        guard let seat = seat(of: line, of: holder, context),
          !known.contains(holder.device.path + "\n" + seat.owner.device.path)
        else { continue }
        findings.append(finding(line, holder, seat))
      }
    }
    return findings
  }

  private typealias Seat = (path: String, owner: (domain: DomainDraft, device: DeviceDraft))

  /// A node that goes with the line and that another domain has.
  private static func seat(
    of line: ExclusiveClaim.Line, of holder: ClaimedLines.Holder, _ context: RuleContext
  ) -> Seat? {
    for path in context.draft.board.seats(of: line) {
      if let owner = context.owner(ofNode: path), owner.domain.index != holder.domain.index { return (path, owner) }
    }
    return nil
  }

  private static func finding(_ line: ExclusiveClaim.Line, _ holder: ClaimedLines.Holder, _ seat: Seat) -> Finding {
    let (path, owner) = seat
    let how =
      path == line.controller
      ? (owner.device.path == path ? "which" : "a part of \(owner.device.path), which")
      : "on the bus of \(owner.device.path), which"
    return Finding(
      description, .error,
      "\(holder.device.path) of domain \(holder.domain.name) needs \(line), \(how) domain \(owner.domain.name) has",
      subjects: [holder.device.path, owner.device.path], resource: line.resource,
      domains: [holder.domain.name, owner.domain.name], spans: [holder.device.span, owner.device.span],
      labels: ["the other device"],
      help: "give \(holder.device.path) and \(owner.device.path) to one domain")
  }
}
