import Board
import Diagnostics
import Ownership

/// What the records say of each SMMU is what the board's tree and the manifest say.
enum SMMUsAreTheBoards: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-152", title: "SMMU records are the board's",
    requirement:
      "Every SMMU record shall be that of an enabled SMMUv3 of the board's tree with coherent walks, in the tree's order, with "
      + "its registers and interrupts, the board's physical address bits, and the CPU that takes the interrupts: the first "
      + "one of the first domain of the lowest criticality among those that have a stream there and get their interrupts "
      + "from the hypervisor, or where there is none, among all that do.",
    hazard:
      "The hypervisor programs something else, faults are never seen, or they cost a domain that cannot cause them.",
    applicability: "Images with an SMMU that the hypervisor programs.",
    example: "bulkhead verify build/dma   # the SMMU record has another INTID")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var findings = CappedFindings(description)
    var left = context.board.smmus[...]
    for table in system.streamTables {
      let record = table.record
      let position = left.firstIndex { $0.registers.first?.base == record.registers }
      guard let position, left[position].isEnabled, left[position].version == .three, left[position].isCoherent else {
        findings.add(
          wrong(
            "there is no enabled SMMUv3 with coherent walks at \(record.registers.hexadecimal) in \(context.board.treeFile), "
              + "or it stands before the one of the record before", record))
        continue
      }
      for (what, found, expected) in numbers(record, left[position], system, context) where found != expected {
        findings.add(
          wrong(
            "\(what) of \(left[position].path) is \(found.hexadecimal), and should be \(expected.hexadecimal)", record))
      }
      left = left[(position + 1)...]
    }
    return ClaimOutcome(description, examined: system.streamTables.count, "SMMU records", findings: findings.all)
  }

  private static func numbers(
    _ record: SMMUReading, _ smmu: SMMU, _ system: FinishedSystem, _ context: VerificationContext
  ) -> [(String, UInt64, UInt64)] {
    let (event, error) = (smmu.eventInterrupt, smmu.errorInterrupt)
    let edges: UInt64 = (event?.isEdge == true ? 1 : 0) | (error?.isEdge == true ? 2 : 0)
    return [
      ("the interrupt for events", UInt64(record.eventINTID), UInt64(event?.intid ?? 0)),
      ("the interrupt for global errors", UInt64(record.errorINTID), UInt64(error?.intid ?? 0)),
      ("the kind of its interrupts", UInt64(record.edges), edges),
      ("the number of physical address bits", UInt64(record.physicalAddressBits), UInt64(context.hardware.outputBits)),
      ("the CPU record for its interrupts", UInt64(record.cpu), handler(record, system, context)),
    ]
  }

  private static func handler(
    _ record: SMMUReading, _ system: FinishedSystem, _ context: VerificationContext
  ) -> UInt64 {
    let causes = Set(record.streams.map(\.domain))
    let candidates = system.domains.indices.filter { index in
      let declaration = context.groundwork.domain(system.domains[index].name)?.declaration
      return declaration?.interrupts.value == .virtual
    }
    func rank(_ index: Int) -> (Int, UInt32, Int) {
      (causes.contains(index) ? 0 : 1, system.domains[index].record.criticality, index)
    }
    let chosen = candidates.min { rank($0) < rank($1) }
    return chosen.map { UInt64(system.domains[$0].record.cpus.lowerBound) } ?? .max
  }

  private static func wrong(_ message: String, _ record: SMMUReading) -> Finding {
    Finding(
      description, .error, message, subjects: ["hypervisor"],
      resource: ResourceReference(.memory, record.registers.hexadecimal), help: VerifierRules.rebuild)
  }
}
