import Diagnostics
import Ownership

/// Two CPUs that domains use can be told apart.
enum AffinityOnce: Rule {
  static let description = RuleDescription(
    "BH-CPU-004", title: "CPUs differ in their affinity",
    requirement: "No two CPUs that domains use shall have the same `reg` in the device tree.",
    hazard:
      "CPUs are started and interrupted by their affinity (MPIDR_EL1): one of the two would never start, and the other "
      + "would get both domains' start.",
    example: "cpus: [0, 1]      # both nodes have reg = <0>")

  static func check(_ context: RuleContext) -> [Finding] {
    var known: [UInt64: (index: Int, path: String, domain: String, span: SourceSpan?)] = [:]
    var findings: [Finding] = []
    for domain in context.draft.domains {
      for cpu in domain.cpus {
        guard let other = known[cpu.cpu.affinity] else {
          known[cpu.cpu.affinity] = (cpu.cpu.index, cpu.cpu.path, domain.name, cpu.span)
          continue
        }
        guard other.index != cpu.cpu.index else { continue }
        findings.append(
          Finding(
            description, .error,
            "CPU \(other.index) (\(other.path)) and CPU \(cpu.cpu.index) (\(cpu.cpu.path)) both have the affinity "
              + cpu.cpu.affinity.hexadecimal,
            subjects: [other.path, cpu.cpu.path], resource: ResourceReference(.cpu, String(cpu.cpu.index)),
            domains: Array(Set([other.domain, domain.name])), spans: [cpu.span, other.span], labels: ["the other CPU"],
            help: "correct the device tree: each cpu node's `reg` is its MPIDR_EL1"))
      }
    }
    return findings
  }
}
