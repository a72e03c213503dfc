import Diagnostics
import Partition

/// A domain starts in something that was loaded.
enum EntryInPayload: Rule {
  static let description = RuleDescription(
    "BH-PAY-013", title: "the entry point is in the kernel",
    requirement: "The first instruction of a domain shall lie, at a multiple of 4, in a payload of its own.",
    hazard: "The domain would execute whatever is there: Bao ends in an abort without a handler.",
    example: "kernel: raw.bin\nload: 0x40400000\nentry: 0x40000000")

  static func check(_ context: RuleContext) -> [Finding] {
    context.draft.domains.compactMap { domain in
      guard let entry = domain.entry, let problem = problem(entry, domain) else { return nil }
      let kernel = domain.payloads.first { $0.role == .kernel }
      return Finding(
        description, .error, "the entry point \(entry.hexadecimal) of domain \(domain.name) \(problem)",
        subjects: ["\(domain.subject).entry", "\(domain.subject).memory"],
        resource: ResourceReference(.payload, entry.hexadecimal), domains: [domain.name],
        spans: [domain.declaration.entry?.span ?? kernel?.span, kernel?.span], labels: ["the kernel"],
        help: kernel.map { "write an `entry:` in \($0.guest), a multiple of 4, or leave it out" })
    }
  }

  private static func problem(_ entry: UInt64, _ domain: DomainDraft) -> String? {
    let regions = domain.memory.compactMap { $0.region?.guest }
    // Without placed memory there is a finding about that already.
    guard regions.count == domain.memory.count else { return nil }
    guard regions.contains(where: { $0.contains(entry) }) else {
      let memory = regions.prefix(4).map(\.description).joined(separator: ", ")
      return "lies outside its memory (\(memory))"
    }
    let code = domain.payloads.filter { $0.role == .kernel || $0.role == .file }
    guard code.contains(where: { $0.guest.contains(entry) }) else { return "lies where nothing is loaded" }
    return entry % 4 == 0 ? nil : "is no multiple of 4, as an instruction's address has to be"
  }
}
