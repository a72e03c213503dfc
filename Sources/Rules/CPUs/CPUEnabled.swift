import Diagnostics

/// Only enabled CPUs are used.
enum CPUEnabled: Rule {
  static let description = RuleDescription(
    "BH-CPU-003", title: "CPUs are enabled",
    requirement: "No domain shall have a CPU whose node is disabled in the device tree.",
    hazard: "The CPU is fused off or belongs to firmware; the domain would wait for it forever.",
    example: "cpus: [4]      # cpu@100 has status = \"disabled\"")

  static func check(_ context: RuleContext) -> [Finding] {
    context.draft.domains.flatMap { domain in
      domain.cpus.filter { !$0.cpu.isEnabled }.map { cpu in
        let enabled = context.draft.board.cpus.filter(\.isEnabled).map { String($0.index) }
        return Finding(
          description, .error,
          "domains.\(domain.name).cpus names CPU \(cpu.cpu.index) (\(cpu.cpu.path)), which is disabled in the device tree",
          subjects: ["\(domain.subject).cpus", cpu.cpu.path], resource: ResourceReference(.cpu, String(cpu.cpu.index)),
          domains: [domain.name], spans: [cpu.span], help: "choose among \(enabled.joined(separator: ", "))")
      }
    }
  }
}
