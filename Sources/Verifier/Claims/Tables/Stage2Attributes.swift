import Diagnostics
import Ownership

/// Every stage-2 leaf has the memory type, the rights and every other bit that what it maps asks for.
enum Stage2Attributes: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-013", title: "stage-2 attributes fit what is mapped",
    requirement:
      "Every stage-2 leaf shall map RAM as Normal Write-Back, Inner Shareable, readable, writable and executable; a "
      + "channel as Normal Non-cacheable, Inner Shareable, never executable, writable for its writer alone; device registers as "
      + "Device-nGnRE, never executable; each with the Access flag, and with every other bit zero.",
    hazard:
      "Registers that are cached or fetched from behave at random; a reader writes a channel; two views of a channel "
      + "disagree.",
    applicability: "Every image that is verified.",
    example: "bulkhead verify build/cockpit   # XN of a device's page was cleared")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var findings = CappedFindings(description)
    var leaves = 0
    for domain in system.domains {
      leaves += domain.stage2.leaves.count
      for run in domain.stage2.runs {
        let target = Target(run, domain.name, context)
        if run.attributes == target.attributes, target != .mixed { continue }
        findings.add(wrong(run, target, domain.name))
      }
    }
    return ClaimOutcome(description, examined: leaves, "leaf descriptors", findings: findings.all)
  }

  /// What a run maps, by the board's tree, and by the plan as far as channels are concerned.
  private enum Target {
    case memory, channelWriter, channelReader, registers, mixed

    init(_ run: MappedRun, _ domain: String, _ context: VerificationContext) {
      let memory = context.hardware.memory
      guard memory.contains(run.output) else {
        self = memory.overlaps(run.output) ? .mixed : .registers
        return
      }
      guard let claim = context.plan.claim(at: run.output.base), case .channel = claim.owner else {
        self = .memory
        return
      }
      self = claim.rights(of: .domain(domain)).contains(.write) ? .channelWriter : .channelReader
    }

    var attributes: UInt64 {
      switch self {
      case .memory: Stage2Bits.memory
      case .channelWriter: Stage2Bits.channelWriter
      case .channelReader: Stage2Bits.channelReader
      case .registers, .mixed: Stage2Bits.registers
      }
    }

    var words: String {
      switch self {
      case .memory: "RAM"
      case .channelWriter: "a channel that the domain may write"
      case .channelReader: "a channel that the domain may not write"
      case .registers: "no RAM of the board, so registers of a device"
      case .mixed: "RAM in part and registers in part"
      }
    }
  }

  private static func wrong(_ run: MappedRun, _ target: Target, _ domain: String) -> Finding {
    Finding(
      description, .error,
      "domain \(domain) has guest addresses \(run.input) mapped to \(run.output), which is \(target.words), as "
        + "\(Stage2Bits.words(run.attributes)); it should be \(Stage2Bits.words(target.attributes)) (first entry "
        + "\(run.descriptor.hexadecimal) at \(run.place.hexadecimal))",
      subjects: ["domains.\(domain)"], resource: ResourceReference(.memory, run.output.base.hexadecimal),
      domains: [domain], help: VerifierRules.rebuild)
  }
}
