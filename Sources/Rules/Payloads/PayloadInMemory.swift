import Diagnostics
import Ownership
import Partition

/// Payloads go into the domain's own memory.
enum PayloadInMemory: Rule {
  static let description = RuleDescription(
    "BH-PAY-010", title: "payloads lie in memory",
    requirement:
      "Every payload, with what it has to find zero behind it, shall lie inside one memory region of its domain.",
    hazard:
      "The bytes would be written into somebody else's memory, or not at all: Bao silently leaves such an image out and "
      + "the domain aborts.",
    example: "kernel: raw.bin\nload: 0x10000000      # RAM starts at 0x40000000")

  static func check(_ context: RuleContext) -> [Finding] {
    context.draft.domains.flatMap { domain -> [Finding] in
      // Without a placed region there is a finding about that already.
      let regions = domain.memory.compactMap { $0.region?.guest }
      guard regions.count == domain.memory.count else { return [] }
      return domain.payloads.filter { $0.physical == nil }.map { payload in
        let memory = regions.prefix(4).map(\.description).joined(separator: ", ")
        return Finding(
          description, .error,
          "the \(payload.description) of domain \(domain.name) needs \(payload.guest), and the domain's memory is \(memory)",
          subjects: ["\(domain.subject).\(payload.role.rawValue)", "\(domain.subject).memory"],
          resource: ResourceReference(.payload, payload.guest.base.hexadecimal), domains: [domain.name],
          spans: [payload.span, domain.memory.first?.declaration.span], labels: ["the domain's memory"],
          help: help(payload, regions, domain))
      }
    }
  }

  private static func help(_ payload: PayloadDraft, _ regions: [AddressRange], _ domain: DomainDraft) -> String {
    guard payload.role == .kernel, domain.declaration.load == nil else {
      return "write a `load:` inside the domain's memory, `\((regions.first?.base ?? 0).hexadecimal)` for example"
    }
    return "give the domain memory there: `memory: [ { size: …, base: …, guest: "
      + "\(payload.guest.base.roundedDown(to: Granule.block2MiB).hexadecimal) } ]`, or link the kernel elsewhere"
  }
}
