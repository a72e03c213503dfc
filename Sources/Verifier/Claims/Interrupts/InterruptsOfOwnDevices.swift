import DeviceTree
import Diagnostics
import Ownership

/// A domain's interrupts are those of devices that it drives.
enum InterruptsOfOwnDevices: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-037", title: "a domain's interrupts are its devices'",
    requirement:
      "Every interrupt of a domain shall be a shared one of the GIC (INTID 32 to 1019), the line of a device "
      + "whose registers the domain's stage 2 shows in full, and edge triggered or level sensitive as the board's tree says.",
    hazard: "An interrupt arrives where nobody can quieten its device, or is lost for being taken as the other kind.",
    applicability:
      "Every image that is verified. A device without registers of its own is the domain's by the manifest.",
    example: "bulkhead verify build/cockpit   # a domain has the interrupt of a UART that it cannot reach")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    let groundwork = context.groundwork
    var findings = CappedFindings(description)
    var examined = 0
    for domain in system.domains where !domain.record.interrupts.isEmpty {
      let expected = groundwork.domain(domain.name)
      let pages = groundwork.registers(in: domain.stage2)
      let edges = Set(domain.record.edgeInterrupts)
      for intid in domain.record.interrupts {
        examined += 1
        let lines = lines(of: intid, pages, expected, groundwork)
        guard let message = objection(to: intid, isEdge: edges.contains(intid), lines, groundwork) else { continue }
        findings.add(
          Finding(
            description, .error,
            "interrupt \(intid) (\(ResolvedInterrupt.name(ofINTID: intid))) of domain "
              + "\(domain.name) \(message)", subjects: ["domains.\(domain.name)"],
            resource: ResourceReference(.interrupt, String(intid)), domains: [domain.name], spans: [expected?.span],
            help: VerifierRules.rebuild))
      }
    }
    return ClaimOutcome(description, examined: examined, "interrupts of domains", findings: findings.all)
  }

  /// The lines of an INTID whose devices the domain drives: of those that it was given, if there are any.
  private static func lines(
    of intid: UInt32, _ pages: AddressSet, _ expected: ExpectedDomain?, _ groundwork: Groundwork
  ) -> [KnownDevice.Line] {
    let reached = (groundwork.lines[intid] ?? []).filter { line in
      let device = groundwork.devices[line.device]
      return device.pages.isEmpty
        ? device.gift != nil && device.gift?.domain == expected?.index : device.pages.allSatisfy(pages.contains)
    }
    let given = reached.filter { groundwork.devices[$0.device].gift?.domain == expected?.index }
    return given.isEmpty ? reached : given
  }

  private static func objection(
    to intid: UInt32, isEdge: Bool, _ lines: [KnownDevice.Line], _ groundwork: Groundwork
  ) -> String? {
    guard (32..<1020).contains(intid) else { return "is no shared interrupt" }
    guard !lines.isEmpty else {
      let paths = (groundwork.lines[intid] ?? []).map { groundwork.devices[$0.device].device.path }
      return paths.isEmpty
        ? "is no line of any enabled device of the board's tree"
        : "is the line of \(paths.joined(separator: ", ")), whose registers the domain does not have"
    }
    let shouldBeEdge = lines.contains(where: \.isEdge)
    guard shouldBeEdge == isEdge else {
      let path = groundwork.devices[lines[0].device].device.path
      return "is \(words(isEdge)) by the record, and the tree says that \(path) is \(words(shouldBeEdge))"
    }
    return nil
  }

  private static func words(_ isEdge: Bool) -> String { isEdge ? "edge triggered" : "level sensitive" }
}
