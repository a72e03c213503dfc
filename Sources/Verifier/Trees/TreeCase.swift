import Board
import DeviceTree
import Diagnostics
import Manifest
import Ownership

/// The tree of one domain with everything that a claim about it needs.
struct TreeCase {
  /// The domain as the bytes show it.
  let domain: FinishedDomain
  /// Its tree.
  let tree: DeviceTree
  /// What the manifest says of it.
  let declaration: DomainDeclaration
  /// All of the bytes.
  let system: FinishedSystem
  /// The board and the manifest.
  let board: BoardSide
  /// What is known of trees so far.
  let cache: TreeCache

  /// Its record.
  var record: DomainReading { domain.record }
  /// What is loaded for it.
  var payloads: [GuestPayload] { system.payloads(of: domain) }
  /// What it reaches.
  var map: GuestMap { GuestMap(domain.stage2) }

  /// The tree beside the board's.
  var match: TreeMatch { cache.match(self) }

  /// The domains whose trees can be read, with what the manifest says of them: those whose tree was generated, or those
  /// whose author wrote it.
  static func cases(_ system: FinishedSystem, _ context: VerificationContext, authored: Bool = false) -> [TreeCase] {
    let board = context.boardSide
    return system.domains.compactMap { domain in
      guard let tree = domain.tree,
        let declaration = context.manifest.domains.first(where: { $0.name.value == domain.name }),
        (declaration.deviceTree != nil) == authored
      else { return nil }
      return TreeCase(
        domain: domain, tree: tree, declaration: declaration, system: system, board: board, cache: context.trees)
    }
  }

  /// What looking at every generated tree comes to: how many things a look examined in one, and what is wrong there.
  static func outcome(
    _ claim: RuleDescription, _ system: FinishedSystem, _ context: VerificationContext, _ unit: String,
    authored: Bool = false, look: (TreeCase) -> (examined: Int, faults: [TreeFault])
  ) -> ClaimOutcome {
    var findings = CappedFindings(claim)
    var examined = 0
    for tree in cases(system, context, authored: authored) {
      let result = look(tree)
      examined += result.examined
      for fault in result.faults { findings.add(tree.finding(claim, fault)) }
    }
    return ClaimOutcome(claim, examined: examined, unit, findings: findings.all)
  }

  /// A fault as a finding.
  func finding(_ claim: RuleDescription, _ fault: TreeFault) -> Finding {
    let place = fault.property.isEmpty ? fault.path : "\(fault.property) of \(fault.path)"
    return Finding(
      claim, .error, "in the device tree of domain \(domain.name), \(place) \(fault.message)",
      subjects: ["domains.\(domain.name)", fault.path], resource: ResourceReference(.device, fault.path),
      domains: [domain.name], spans: [declaration.span], help: VerifierRules.rebuild)
  }
}
