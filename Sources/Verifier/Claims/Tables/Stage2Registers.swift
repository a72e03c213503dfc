import Diagnostics
import Ownership

/// VTTBR_EL2 and VTCR_EL2 of every domain are exactly what they have to be, bit by bit.
enum Stage2Registers: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-011", title: "stage-2 registers are exact",
    requirement: "VTCR_EL2 of every domain shall say: input addresses no longer than what is mapped needs (32 bits at "
      + "least), the board's physical address size, a 4 KiB granule, write-back Inner Shareable walks, 8-bit VMIDs, no update "
      + "of flags by hardware; VTTBR_EL2: the root, a VMID of the domain's own, CnP clear.",
    hazard:
      "A VMID of two domains makes a TLB serve one's translations to the other; hardware that updates tables writes "
      + "to what was proved.",
    applicability: "Every image that is verified.",
    example: "bulkhead verify build/cockpit   # VTCR_EL2.HA was set")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var findings = CappedFindings(description)
    for (index, domain) in system.domains.enumerated() {
      let stage2 = domain.stage2
      let bits = TranslationRegisters.inputBits(of: stage2)
      // With up to 43 bits, up to sixteen concatenated tables at level 1 do without level 0 (D8.2.2).
      let control = TranslationRegisters.vtcr(
        inputBits: bits, startLevel: bits > 43 ? 0 : 1, outputSize: context.hardware.outputSize)
      // VMID 0 is what a CPU has at reset; the domains' start at 1.
      let base = UInt64(index + 1) << 48 | system.placement.physical(stage2.root.base)
      let registers = [
        (TranslationRegisters.vtcr, domain.record.stage2Control, control),
        (TranslationRegisters.vttbr, domain.record.stage2Table, base),
      ]
      for (layout, found, expected) in registers {
        guard let difference = layout.difference(of: found, from: expected) else { continue }
        findings.add(wrong(layout, found, expected, difference, domain: domain.name))
      }
      if bits > context.hardware.outputBits {
        findings.add(tooLong(bits, context.hardware.outputBits, domain: domain.name))
      }
    }
    return ClaimOutcome(description, examined: 2 * system.domains.count, "registers", findings: findings.all)
  }

  private static func wrong(
    _ layout: RegisterLayout, _ found: UInt64, _ expected: UInt64, _ difference: String, domain: String
  ) -> Finding {
    Finding(
      description, .error,
      "\(layout.name) of domain \(domain) is \(found.hexadecimal) and should be \(expected.hexadecimal): \(difference)",
      subjects: ["domains.\(domain)"], domains: [domain], help: VerifierRules.rebuild)
  }

  private static func tooLong(_ bits: Int, _ available: Int, domain: String) -> Finding {
    Finding(
      description, .error,
      "domain \(domain) has guest addresses of \(bits) bits, and the board's CPUs have \(available) physical address "
        + "bits, which stage 2 cannot exceed", subjects: ["domains.\(domain)"], domains: [domain],
      help: "choose guest: addresses below 2^\(available)")
  }
}
