import Diagnostics
import Ownership

/// Accesses to emulated hardware trap.
enum VirtualHardwareTraps: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-043", title: "emulated hardware is not mapped",
    requirement: "Stage 2 shall map nothing at the guest addresses of a domain's virtual distributor, of its virtual "
      + "redistributors (128 KiB for each of its CPUs), of its virtual console and of its other virtual devices.",
    hazard: "The access does not trap: the domain reaches whatever lies there, and its virtual hardware is dead.",
    applicability: "Every image that is verified.",
    example: "bulkhead verify build/cockpit   # a page is mapped at the virtual console's address")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var findings = CappedFindings(description)
    var examined = 0
    for domain in system.domains {
      guard let expected = context.groundwork.domain(domain.name) else { continue }
      let devices = domain.record.virtualDevices.filter { $0.kind != .functionMemory }.compactMap { device in
        device.registers.map { ExpectedDomain.TrappedWindow(guest: $0, name: "virtual device \(device.index)") }
      }
      for window in expected.trapped + devices {
        examined += 1
        guard let run = domain.stage2.firstRun(meeting: window.guest), let common = run.input.intersection(window.guest)
        else { continue }
        let place = domain.stage2.leaf(at: common.base)?.place ?? run.place
        findings.add(
          Finding(
            description, .error,
            "domain \(domain.name) has its \(window.name) at \(window.guest), and the stage-2 entry at "
              + "\(place.hexadecimal) maps \(common) there", subjects: ["domains.\(domain.name)"],
            resource: ResourceReference(.page, common.base.hexadecimal), domains: [domain.name], spans: [expected.span],
            help: VerifierRules.rebuild))
      }
    }
    return ClaimOutcome(description, examined: examined, "windows of emulated hardware", findings: findings.all)
  }
}

extension TranslationReading {
  /// The first run with an input address in a range. Takes O(log n).
  func firstRun(meeting range: AddressRange) -> MappedRun? {
    let index = runs.partitioningIndex { $0.input.last >= range.base }
    return index < runs.count && runs[index].input.overlaps(range) ? runs[index] : nil
  }
}
