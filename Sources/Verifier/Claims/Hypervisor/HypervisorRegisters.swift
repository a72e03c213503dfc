import Diagnostics
import Ownership

/// TTBR0_EL2, TCR_EL2 and MAIR_EL2 are exactly what they have to be, bit by bit.
enum HypervisorRegisters: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-012", title: "EL2's translation registers are exact",
    requirement:
      "TTBR0_EL2 shall be the root alone; TCR_EL2 shall say: addresses no longer than what is mapped needs (32 "
      + "bits at least), the board's physical address size, a 4 KiB granule, write-back Inner Shareable walks, no update of "
      + "flags by hardware, no ignored top byte; MAIR_EL2 shall be Device-nGnRnE, Device-nGnRE, Normal Write-Back, Normal "
      + "Non-cacheable, and zeros. The partition table shall state the same physical address size.",
    hazard: "EL2 runs under another map than the one that is proved, or takes a device for memory.",
    applicability: "Every image that is verified.",
    example: "bulkhead verify build/cockpit   # Attr1 of MAIR_EL2 was changed to Normal")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var findings = CappedFindings(description)
    let partition = system.partition
    let map = system.hypervisorMap
    // All of EL2's maps go by one TCR_EL2.
    let maps = [map] + system.domains.compactMap(\.restartMap)
    let control = TranslationRegisters.tcr(
      inputBits: maps.map(TranslationRegisters.inputBits).max() ?? 0, outputSize: context.hardware.outputSize)
    let registers = [
      (TranslationRegisters.ttbr, partition.translationTable, system.placement.physical(map.root.base)),
      (TranslationRegisters.tcr, partition.translationControl, control),
      (TranslationRegisters.mair, partition.memoryAttributes, TranslationRegisters.memoryAttributes),
    ]
    for (layout, found, expected) in registers {
      guard let difference = layout.difference(of: found, from: expected) else { continue }
      findings.add(wrong("\(layout.name) is \(found.hexadecimal) and should be \(expected.hexadecimal): \(difference)"))
    }
    if partition.physicalAddressBits != context.hardware.outputBits {
      findings.add(
        wrong(
          "the partition table relies on \(partition.physicalAddressBits) physical address bits, and the board has "
            + "\(context.hardware.outputBits)"))
    }
    return ClaimOutcome(description, examined: registers.count + 1, "values", findings: findings.all)
  }

  private static func wrong(_ message: String) -> Finding {
    Finding(description, .error, message, subjects: ["hypervisor"], help: VerifierRules.rebuild)
  }
}
