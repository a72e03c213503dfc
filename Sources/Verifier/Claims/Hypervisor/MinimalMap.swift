import Diagnostics
import Ownership

/// EL2's map shows EL2 its own parts with their rights, its devices, and nothing else.
enum MinimalMap: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-016", title: "EL2's map holds exactly EL2's parts and devices",
    requirement:
      "EL2's map shall hold the runtime's text (read, execute), its read-only data and the partition table with the "
      + "roots (read), its data, the states, the stacks, and stream table entries and queues of SMMUs (read, write), the health "
      + "page (read, write, Non-cacheable), and as Device-nGnRE the registers of the GIC, of its own UART and of SMMUs behind "
      + "which a domain's device stands; nothing else, and no table below a root.",
    hazard: "What is mapped can leak or be overwritten by one mistake at EL2; what is missing stops it.",
    applicability: "Every image that is verified.",
    example: "bulkhead verify build/cockpit   # a page of EL2's constants was made writable")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var findings = CappedFindings(description)
    let parts = HypervisorParts(system)
    var expected = AddressMap<UInt64>()
    var names: [(AddressRange, String)] = []
    for (range, attributes, name) in mapped(parts, system) + devices(system, context, &findings) {
      // An overlap is a claim of its own; the first counts here.
      _ = expected.insert(range, attributes)
      names.append((range, name))
    }
    var found = AddressMap<UInt64>()
    for run in system.hypervisorMap.runs { _ = found.insert(run.input, run.attributes) }
    for difference in expected.differences(from: found) {
      findings.add(
        wrong(
          difference,
          names.first { $0.0.overlaps(difference.range) }?.1 ?? "memory or registers that EL2 does not need"))
    }
    return ClaimOutcome(
      description, examined: system.hypervisorMap.leaves.count, "leaf descriptors", findings: findings.all)
  }

  private typealias Mapping = (range: AddressRange, attributes: UInt64, name: String)

  private static func mapped(_ parts: HypervisorParts, _ system: FinishedSystem) -> [Mapping] {
    var mappings: [Mapping] = [
      (parts.tableAndRoots.pages, Stage1Bits.read, "the partition table with the roots of all tables")
    ]
    var written: [HypervisorPart] = []
    for part in parts.parts {
      switch part.kind {
      case .text: mappings.append((part.range.pages, Stage1Bits.readExecute, part.name))
      case .readOnlyData: mappings.append((part.range.pages, Stage1Bits.read, part.name))
      case .data, .domainState, .cpuState, .deviceState, .history, .stack, .streamEntries, .smmuMemory:
        written.append(part)
      case .partitionTable, .root, .table, .guardPage: break
      }
    }
    if let page = system.healthPage { mappings.append((page, Stage1Bits.shared, "the health page")) }
    // Parts share pages.
    mappings += AddressSet(written.map(\.range.pages)).runs.map { run in
      (run, Stage1Bits.readWrite, written.filter { $0.range.overlaps(run) }.map(\.name).joined(separator: ", "))
    }
    return mappings.sorted { $0.range < $1.range }
  }

  private static func devices(
    _ system: FinishedSystem, _ context: VerificationContext, _ findings: inout CappedFindings
  ) -> [Mapping] {
    var windows = context.hardware.controller.runs
    let console = system.partition.consoleBase
    if system.partition.consoleKind != 0 {
      if let window = context.hardware.windows[console] {
        windows.append(window)
      } else {
        findings.add(
          Finding(
            description, .error,
            "the partition table says that EL2's UART is at \(console.hexadecimal), where the tree "
              + "\(context.board.treeFile) has no enabled device", subjects: ["hypervisor"],
            resource: ResourceReference(.memory, console.hexadecimal), help: VerifierRules.rebuild))
      }
    }
    for smmu in context.board.smmus where context.groundwork.translating.contains(smmu.path) {
      windows += smmu.registers.map(\.pages)
    }
    return AddressSet(windows).runs.map { ($0, Stage1Bits.device, "the GIC's, the UART's or an SMMU's registers") }
  }

  private static func wrong(_ difference: AddressMap<UInt64>.Difference, _ name: String) -> Finding {
    let found = difference.found.map { "mapped as \(Stage1Bits.words($0))" } ?? "not mapped"
    let expected = difference.expected.map { "be \(Stage1Bits.words($0))" } ?? "not be mapped"
    return Finding(
      description, .error,
      "\(difference.range), \(name), is \(found) at EL2 and should \(expected)", subjects: ["hypervisor"],
      resource: ResourceReference(.memory, difference.range.base.hexadecimal), help: VerifierRules.rebuild)
  }
}
