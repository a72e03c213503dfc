import Diagnostics
import Partition

/// A CPU belongs to one domain.
enum CPUOnce: Rule {
  static let description = RuleDescription(
    "BH-CPU-002", title: "a CPU has one owner",
    requirement: "No CPU shall be listed twice, in one domain or in two.",
    hazard:
      "There is no scheduler: the second domain would never run, or both would run on one CPU's registers. Bao boots "
      + "it without a message; under Xen's null scheduler the second starves.",
    example: "domains:\n  a: { cpus: [0, 1] }\n  b: { cpus: [1, 2] }")

  static func check(_ context: RuleContext) -> [Finding] {
    var owners: [Int: (domain: DomainDraft, cpu: CPUDraft)] = [:]
    var findings: [Finding] = []
    for domain in context.draft.domains {
      for cpu in domain.cpus {
        guard let other = owners[cpu.cpu.index] else {
          owners[cpu.cpu.index] = (domain, cpu)
          continue
        }
        // The same word twice in one list is refused by the manifest's reader.
        guard other.domain.index != domain.index || !isSameWord(cpu, other.cpu, domain) else { continue }
        let who = other.domain.index == domain.index ? "domain \(domain.name) twice" : both(other.domain, domain)
        findings.append(
          Finding(
            description, .error, "CPU \(cpu.cpu.index) (\(cpu.cpu.path)) is given to \(who)",
            subjects: ["\(other.domain.subject).cpus", "\(domain.subject).cpus"],
            resource: ResourceReference(.cpu, String(cpu.cpu.index)),
            domains: Array(Set([other.domain.name, domain.name])),
            spans: [cpu.span, other.cpu.span], labels: ["the other claim"], help: help(context)))
      }
    }
    return findings
  }

  private static func isSameWord(_ left: CPUDraft, _ right: CPUDraft, _ domain: DomainDraft) -> Bool {
    let words = [left, right].map { cpu in domain.declaration.cpus.first { $0.span == cpu.span }?.value }
    return words[0] != nil && words[0] == words[1]
  }

  private static func both(_ left: DomainDraft, _ right: DomainDraft) -> String {
    "domain \(left.name) and to domain \(right.name)"
  }

  private static func help(_ context: RuleContext) -> String {
    let used = Set(context.draft.domains.flatMap { $0.cpus.map(\.cpu.index) })
    let free = context.draft.board.cpus.filter { $0.isEnabled && !used.contains($0.index) }.map { String($0.index) }
    return free.isEmpty
      ? "take it out of one of them; the board has no CPU left"
      : "take it out of one of them; free is \(free.joined(separator: ", "))"
  }
}
