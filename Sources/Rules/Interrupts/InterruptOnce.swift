import Diagnostics
import Partition

/// A shared peripheral interrupt goes to one domain.
enum InterruptOnce: Rule {
  static let description = RuleDescription(
    "BH-IRQ-001", title: "an interrupt has one owner",
    requirement: "No shared peripheral interrupt shall belong to devices of two domains.",
    hazard: "The interrupt is delivered to one domain, whose driver finds nothing to do, while the other waits; level "
      + "triggered, it never goes away and that CPU spins. Under Xen the second claim is a panic at boot.",
    example:
      "domains:\n  a: { devices: [ /soc/mmc@7e300000 ] }\n  b: { devices: [ /emmc2bus/mmc@7e340000 ] }      # both SPI 126"
  )

  /// More pairs than this help nobody.
  private static let mostPairs = 500

  static func check(_ context: RuleContext) -> [Finding] {
    // By interrupt, then by domain: how often one domain has a line is its own affair.
    var owners: [UInt32: [Int: [DeviceDraft]]] = [:]
    var findings: [Finding] = []
    for domain in context.draft.domains {
      for device in domain.devices {
        for intid in device.sharedInterrupts {
          for (other, devices) in (owners[intid] ?? [:]).sorted(by: { $0.key < $1.key }) where other != domain.index {
            for earlier in devices where earlier.path != device.path && !isCascade(earlier, device, context) {
              guard findings.count < mostPairs else { return findings }
              findings.append(finding(intid, (context.draft.domains[other], earlier), (domain, device)))
            }
          }
          owners[intid, default: [:]][domain.index, default: []].append(device)
        }
      }
    }
    return findings
  }

  /// Whether one of the two is the controller that gathers the other's interrupts: `CascadeOwned` speaks of those.
  private static func isCascade(_ left: DeviceDraft, _ right: DeviceDraft, _ context: RuleContext) -> Bool {
    let board = context.draft.board
    return board.gatheredLines(of: left.assignment.device).contains { $0.controller == right.path }
      || board.gatheredLines(of: right.assignment.device).contains { $0.controller == left.path }
  }

  /// The number as device trees write it (Arm IHI 0069, 2.2.1: SPIs start at 32, extended ones at 4096).
  private static func sourceNumber(of intid: UInt32) -> String {
    intid >= 4096 ? "extended SPI \(intid - 4096)" : "SPI \(intid &- 32)"
  }

  private static func finding(
    _ intid: UInt32, _ left: (domain: DomainDraft, device: DeviceDraft),
    _ right: (domain: DomainDraft, device: DeviceDraft)
  ) -> Finding {
    Finding(
      description, .error,
      "interrupt \(intid) (\(sourceNumber(of: intid))) is that of \(left.device.path) of domain \(left.domain.name) and of "
        + "\(right.device.path) of domain \(right.domain.name)",
      subjects: [left.device.path, right.device.path], resource: ResourceReference(.interrupt, String(intid)),
      domains: [left.domain.name, right.domain.name], spans: [right.device.span, left.device.span],
      labels: ["the other device"], help: "give both devices to one domain")
  }
}
