import Diagnostics
import Partition

/// No page of registers is shared.
enum PageOnce: Rule {
  static let description = RuleDescription(
    "BH-DEV-011", title: "a page of registers has one owner",
    requirement:
      "No 4 KiB page that an assigned device's registers touch shall hold registers of another enabled device, "
      + "unless both belong to one domain, one lies above the other in the tree, or the other is under `disabled:`.",
    hazard:
      "Stage 2 gives whole pages: whoever gets the one device drives the other as well. 16% of the devices on real "
      + "boards have such a neighbour.",
    example: "domains:\n  a: { devices: [ /soc/serial@21c0500 ] }      # /soc/serial@21c0600 is in the same page")

  static func check(_ context: RuleContext) -> [Finding] {
    var seen: Set<[String]> = []
    let findings: [Finding] = context.clashes.compactMap { clash in
      guard let (device, other) = clash.ordered(isAssigned, { $0.isRegisters }) else { return nil }
      let paths = [context.subject(device.claimant), context.subject(other.claimant)]
      // A bus whose own registers cover those of its children goes with them or stays unused: nobody else can have it.
      guard !paths[0].isRelated(to: paths[1]), seen.insert(paths).inserted else { return nil }
      return context.finding(
        description, device, other, overlap: clash.overlap, kind: .page,
        "\(context.words(device)) has registers in the page \(clash.overlap.base.hexadecimal), as has \(context.words(other))",
        help: help(paths, other.claimant, context.domains(device.claimant).first ?? ""))
    }
    return findings + summaries(findings)
  }

  /// One line for each page that many pairs meet in: the pairs are one mistake.
  private static func summaries(_ findings: [Finding]) -> [Finding] {
    let pages = Dictionary(grouping: findings) { $0.resource?.value ?? "" }
    return pages.sorted { $0.key < $1.key }.compactMap { page, findings in
      let devices = findings.flatMap(\.subjects).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      guard findings.count > 2, let first = findings.first else { return nil }
      return Finding(
        description, .note,
        "\(findings.count) findings are about the one page \(page), in which \(devices.count) devices have registers: "
          + devices.listed(8),
        subjects: devices, resource: first.resource, domains: Set(findings.flatMap(\.domains)).sorted(),
        spans: [first.spans.first],
        help: "give all of them to one domain, or list those that nobody needs under `disabled:`")
    }
  }

  private static func isAssigned(_ claimant: Claimant) -> Bool {
    if case .device = claimant { true } else { false }
  }

  private static func help(_ paths: [String], _ other: Claimant, _ domain: String) -> String {
    switch other {
    case .unassigned:
      "give \(paths[1]) to domain \(domain) as well, or list it under `disabled:` so that nobody may use it"
    case .hypervisorDevice:
      "take \(paths[0]) out of domain \(domain); the hypervisor cannot do without \(paths[1])"
    default: "give both to one domain"
    }
  }
}
