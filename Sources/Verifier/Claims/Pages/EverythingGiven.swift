import Diagnostics
import Ownership

/// What a domain reaches was given to it.
enum EverythingGiven: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-034", title: "a domain reaches nothing but what it was given",
    requirement:
      "Every stage-2 entry shall map the domain's own RAM (cacheable, all rights) within its region records, "
      + "reserved memory granted to it, whole pages of registers of its own devices (device memory, at their address, "
      + "never executable), a channel of which it is a party, or a GICv2's virtual CPU interface.",
    hazard: "A domain drives a device that nobody gave it, or RAM of nobody becomes a way between two domains.",
    applicability: "Every image that is verified. Which devices a domain has is what `devices:` and `providers:` say.",
    example: "bulkhead verify build/cockpit   # a stage-2 entry leads to a UART that no domain has")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    let groundwork = context.groundwork
    var findings = CappedFindings(description)
    for (index, domain) in system.domains.enumerated() {
      let expected = groundwork.domain(domain.name)
      let memory = OwnMemory(regions: domain.record.regions, expected, groundwork)
      for (position, run) in domain.stage2.runs.enumerated() {
        let grant = Stage2Grant(run.attributes)
        guard let why = objection(to: run, grant, memory, expected, groundwork) else { continue }
        let holder = Reach.Holder(domain: index, grant: grant, run: position)
        findings.add(
          Finding(
            description, .error,
            "domain \(domain.name) reaches \(run.output) as \(grant.words), \(why); see "
              + system.entry(of: holder, leadingTo: run.output.base), subjects: ["domains.\(domain.name)"],
            resource: ResourceReference(.page, run.output.base.hexadecimal), domains: [domain.name],
            spans: [expected?.span], help: VerifierRules.rebuild))
      }
    }
    return ClaimOutcome(
      description, examined: system.domains.map(\.stage2.leaves.count).reduce(0, +), "stage-2 leaves",
      findings: findings.all)
  }

  /// Why a run is none of the things that a domain can have; `nil` if it is one.
  private static func objection(
    to run: MappedRun, _ grant: Stage2Grant, _ memory: OwnMemory, _ expected: ExpectedDomain?,
    _ groundwork: Groundwork
  ) -> String? {
    if groundwork.isBanked(run) { return nil }
    let isInPlace = run.input.base == run.output.base
    switch grant {
    case .memory: return memory.objection(to: run)
    case .device:
      guard isInPlace else {
        return "at the guest address \(run.input.base.hexadecimal), and registers stay where they are"
      }
      guard let expected, expected.devicePages.contains(run.output) else {
        return "and these are not registers of its devices alone"
      }
      return nil
    case .channelWriter, .channelReader:
      guard isInPlace, groundwork.memory.contains(run.output) else { return "and a channel is RAM at its own address" }
      let name = expected?.name ?? ""
      let isParty = groundwork.channels.all.contains { $0.access.contains(Access(.domain(name), grant.rights)) }
      return isParty ? nil : "and it has no channel with these rights"
    default: return "which nothing is ever given as"
    }
  }

  /// What a domain may have as RAM: its regions and the reserved memory that it was granted, which may stand side by side.
  private struct OwnMemory {
    private let guest: AddressSet
    private let physical: AddressSet

    init(regions: [AddressRange], _ expected: ExpectedDomain?, _ groundwork: Groundwork) {
      let granted = expected?.grantedMemory.runs ?? []
      guest = AddressSet(regions + granted)
      physical = granted.isEmpty ? groundwork.memory : AddressSet(groundwork.memory.runs + granted)
    }

    func objection(to run: MappedRun) -> String? {
      guard guest.contains(run.input) else {
        return "at guest addresses \(run.input), of which its region records do not have all"
      }
      return physical.contains(run.output) ? nil : "and not all of it is RAM of the board"
    }
  }
}
