import Diagnostics
import Ownership

/// States and stacks are where the records' order puts them, and below every stack is a page that EL2 cannot touch.
enum StatesAndStacks: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-020", title: "states stand in order, stacks are guarded",
    requirement:
      "The domains' states, then the CPUs', those of virtual devices and the histories of restarts, shall stand one behind the "
      + "other from a page on, in the order of the "
      + "records; every stack shall start and end on a page, in the hypervisor's memory, with a page below it that EL2's map "
      + "leaves out.",
    hazard: "Two CPUs write the same state, or a stack that overflows writes over tables or another stack unseen.",
    applicability: "Every image that is verified.",
    example: "bulkhead verify build/cockpit   # two CPU records name the same state")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var findings = CappedFindings(description)
    let sections = system.hypervisor
    var next = system.domains.first?.record.state ?? 0
    if next & (Granule.page - 1) != 0 {
      findings.add(wrong("the states start at \(next.hexadecimal), which is not on a page", next))
    }
    let states =
      system.domains.map { ("domain \($0.name)", $0.record.state, sections.domainStateSize) }
      + system.partition.cpus.map { ("CPU \($0.affinity.hexadecimal)", $0.state, sections.cpuStateSize) }
      + system.domains.flatMap(\.record.virtualDevices).filter { $0.kind.stateSize > 0 }.map {
        ("virtual device \($0.index)", $0.state, $0.kind.stateSize)
      }
      + system.domains.compactMap { domain in
        domain.record.restart.map { ("restarts of domain \(domain.name)", $0.history, PartitionOffsets.Restart.historySize) }
      }
    for (owner, state, size) in states {
      if state != next {
        findings.add(
          wrong(
            "the state of \(owner) is at \(state.hexadecimal), and the one before it ends at \(next.hexadecimal)", state
          ))
      }
      next = state &+ size
    }
    for cpu in system.partition.cpus { checkStack(of: cpu, system, &findings) }
    return ClaimOutcome(
      description, examined: states.count + system.partition.cpus.count, "states and stacks", findings: findings.all)
  }

  private static func checkStack(of cpu: CPUReading, _ system: FinishedSystem, _ findings: inout CappedFindings) {
    let top = cpu.stackTop
    let size = system.hypervisor.stackSize
    let name = "the stack of CPU \(cpu.affinity.hexadecimal)"
    guard top >= size + Granule.page, let stack = AddressRange(base: top - size, size: size),
      stack.isAligned(to: Granule.page)
    else {
      return findings.add(
        wrong("\(name) ends at \(top.hexadecimal), where none of \(size) bytes in whole pages can end", top))
    }
    let below = stack.base - Granule.page
    guard system.partition.hypervisor.contains(stack), system.partition.hypervisor.contains(below) else {
      return findings.add(wrong("\(name) at \(stack), or the page below it, is not in the hypervisor's memory", top))
    }
    if system.hypervisorMap.run(at: below) != nil {
      findings.add(
        wrong("the page \(below.hexadecimal) below \(name) is mapped at EL2, and has to be left out to guard it", below)
      )
    }
  }

  private static func wrong(_ message: String, _ address: UInt64) -> Finding {
    Finding(
      description, .error, message, subjects: ["hypervisor"],
      resource: ResourceReference(.memory, address.hexadecimal), help: VerifierRules.rebuild)
  }
}
