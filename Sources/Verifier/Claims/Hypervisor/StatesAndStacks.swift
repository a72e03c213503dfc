import Diagnostics
import Ownership

/// States and stacks are where the records' order puts them, and below every stack is a page that EL2 cannot write.
enum StatesAndStacks: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-020", title: "states stand in order, stacks are guarded",
    requirement:
      "The domains' states, those of virtual devices and the histories of restarts shall stand one behind the other from "
      + "the end of the runtime's data on, in the order of the records, and the CPUs' behind them in theirs; every stack, "
      + "which ends where its CPU's state begins, shall lie in the hypervisor's memory; the state shall end with a page, "
      + "and the page below the stack's first one be left out of EL2's map or not writable in it.",
    hazard: "Two CPUs write the same state, or a stack that overflows writes over tables or another stack unseen.",
    applicability: "Every image that is verified.",
    example: "bulkhead verify build/cockpit   # two CPU records name the same state")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var findings = CappedFindings(description)
    let sections = system.hypervisor
    var next = sections.data.last &+ 1
    let states =
      system.domains.map { ("domain \($0.name)", $0.record.state, sections.domainStateSize) }
      + system.domains.flatMap(\.record.virtualDevices).filter { $0.kind.stateSize > 0 }.map {
        ("virtual device \($0.index)", $0.state, $0.kind.stateSize)
      }
      + system.domains.compactMap { domain in
        domain.record.restart.map {
          ("restarts of domain \(domain.name)", $0.history, PartitionOffsets.Restart.historySize)
        }
      }
    for (owner, state, size) in states {
      if state != next {
        findings.add(
          wrong(
            "the state of \(owner) is at \(state.hexadecimal), and what is before it ends at \(next.hexadecimal)", state
          ))
      }
      next = state &+ size
    }
    for cpu in system.partition.cpus {
      if cpu.state < next {
        findings.add(
          wrong(
            "the state of CPU \(cpu.affinity.hexadecimal) is at \(cpu.state.hexadecimal), and what is before it ends at "
              + "\(next.hexadecimal)", cpu.state))
      }
      next = cpu.state &+ sections.cpuStateSize
      checkStack(of: cpu, system, &findings)
    }
    return ClaimOutcome(
      description, examined: states.count + 2 * system.partition.cpus.count, "states and stacks", findings: findings.all
    )
  }

  private static func checkStack(of cpu: CPUReading, _ system: FinishedSystem, _ findings: inout CappedFindings) {
    let top = cpu.state
    let size = system.hypervisor.stackSize
    let name = "the stack of CPU \(cpu.affinity.hexadecimal)"
    guard top >= size + 2 * Granule.page, let stack = AddressRange(base: top - size, size: size) else {
      return findings.add(wrong("\(name) ends at \(top.hexadecimal), where none of \(size) bytes can end", top))
    }
    if (top &+ system.hypervisor.cpuStateSize) & (Granule.page - 1) != 0 {
      findings.add(wrong("\(name) ends at \(top.hexadecimal), and the state above it does not end with a page", top))
    }
    let below = (stack.base & ~(Granule.page - 1)) - Granule.page
    guard system.partition.hypervisor.contains(stack), system.partition.hypervisor.contains(below) else {
      return findings.add(wrong("\(name) at \(stack), or the page below it, is not in the hypervisor's memory", top))
    }
    if let run = system.hypervisorMap.run(at: below), run.attributes != Stage1Bits.read {
      findings.add(
        wrong("the page \(below.hexadecimal) below \(name) can be written at EL2, and cannot guard it", below))
    }
  }

  private static func wrong(_ message: String, _ address: UInt64) -> Finding {
    Finding(
      description, .error, message, subjects: ["hypervisor"],
      resource: ResourceReference(.memory, address.hexadecimal), help: VerifierRules.rebuild)
  }
}
