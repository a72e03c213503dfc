import Board
import Diagnostics
import Manifest
import Ownership

/// A domain is let through to firmware only where the manifest says so, and never to what EL2 answers itself.
enum CallsAreAllowed: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-044", title: "calls to firmware are those that were allowed",
    requirement:
      "Each call range of a domain shall be an entry of its `smc:`, or follow from an entry of `providers:` whose "
      + "policy lets its devices ask firmware; no range shall hold a function of PSCI or one that firmware could take for it, "
      + "or an Arm architecture call; and there shall be none on a board without firmware.",
    hazard: "A domain switches another's CPU off, resets the board, or changes clocks and power of another's devices.",
    applicability:
      "Every image that is verified. Which calls follow from a policy is the plan's to say: BH-VER-030 compares "
      + "the ranges with the plan's one by one, this claim looks at each for itself.",
    example: "smc: [0xC2000001]      # and the record lets 0x84000000 through")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var findings = CappedFindings(description)
    var examined = 0
    let hasFirmware = if case .psciSMC = context.board.firmware { true } else { false }
    let asksFirmware = context.manifest.providers.contains { $0.policy.value != .bootConfigured }
    for domain in system.domains {
      guard let expected = context.groundwork.domain(domain.name) else { continue }
      examined += 1
      for call in domain.record.calls {
        examined += 1
        let isListed = call.argumentMask == 0 && expected.declaration.smc.contains { $0.value == call.functions }
        let objection: String?
        if !hasFirmware {
          objection = "and the board has no firmware that an SMC reaches"
        } else if let reserved = reserved(in: call.functions) {
          objection = "among them \(reserved)"
        } else if !isListed, !asksFirmware {
          objection = "which its `smc:` does not list, and no entry of `providers:` lets it ask firmware"
        } else {
          objection = nil
        }
        guard let objection else { continue }
        findings.add(
          Finding(
            description, .error,
            "domain \(domain.name) may call the firmware's functions "
              + "\(UInt64(call.functions.lowerBound).hexadecimal)..\(UInt64(call.functions.upperBound).hexadecimal), "
              + objection, subjects: ["domains.\(domain.name)"],
            resource: ResourceReference(.feature, UInt64(call.functions.lowerBound).hexadecimal),
            domains: [domain.name],
            spans: [expected.declaration.smc.first?.span ?? expected.span],
            help: isListed ? "take these ids out of `smc:`" : VerifierRules.rebuild))
      }
    }
    return ClaimOutcome(description, examined: examined, "domains and call ranges", findings: findings.all)
  }

  /// What in a range no domain may ever call; `nil` for a range without such a function.
  ///
  /// A fast call (bit 31) has its owner in bits 29:24: 0 the Arm architecture, 4 standard secure services, whose numbers 0
  /// to 0x1F are PSCI's (Arm DEN 0028, 2.5 and 6.1; DEN 0022, 5.1). Bits 23:16 mean nothing to PSCI or are a hint.
  static func reserved(in functions: ClosedRange<UInt32>) -> String? {
    for width: UInt32 in [0, 1 << 30] {
      let architecture = (0x8000_0000 | width)...(0x80FF_FFFF | width)
      if functions.overlaps(architecture) { return "Arm architecture calls, which the hypervisor answers itself" }
      let standard = (0x8400_0000 | width)...(0x84FF_FFFF | width)
      guard functions.overlaps(standard) else { continue }
      let first = max(functions.lowerBound, standard.lowerBound)
      let last = min(functions.upperBound, standard.upperBound)
      // PSCI's numbers come again every 64 Ki.
      if last - first >= 0xFFFF || first & 0xFFFF <= 0x1F || last >> 16 != first >> 16 {
        return "PSCI, which the hypervisor answers itself for the domain's own CPUs"
      }
    }
    return nil
  }
}
