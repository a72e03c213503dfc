import Board
import Diagnostics
import Manifest
import Partition

/// Everything that a plan takes on trust, in a stable order: what the board's description says of firmware, of its CPUs'
/// errata and of devices that its tree disables, policies as the manifest has them, providers that stay as they
/// are without one, DMA masters without an SMMU, devices that can stop the whole board, domains that
/// take their interrupts at EL1, waivers.
public struct AssumptionsOfUse: Sendable {
  /// The assumptions.
  public let all: [Assumption]

  /// Nothing is assumed where there is no plan.
  public init() { all = [] }

  /// Collects what a draft rests on.
  public init(_ draft: Draft) {
    let board = Self.firmware(draft) + Self.errata(draft) + Self.enabledDevices(draft)
    let devices = Self.masters(draft) + Self.boardStops(draft)
    let direct = Self.directInterrupts(draft)
    all =
      board + Self.policies(draft) + Self.defaults(draft) + devices + direct + Self.keptDevices(draft)
      + Self.waivers(draft.manifest)
  }

  /// The list as text for a terminal, with a heading and a line break at the end; empty without any. Providers that stay
  /// as they are without an entry are one line for all that concern the same domains.
  public var text: String {
    var lines: [String] = []
    var grouped: Set<[String]> = []
    for assumption in all {
      guard assumption.isDefault else {
        lines.append(assumption.text)
        continue
      }
      guard grouped.insert(assumption.domains).inserted else { continue }
      let group = all.filter { $0.isDefault && $0.domains == assumption.domains }
      lines.append(group.count == 1 ? assumption.text : Self.text(of: group))
    }
    return lines.isEmpty ? "" : "assumptions of use:\n" + lines.map { "  - \($0)\n" }.joined()
  }

  private static func text(of group: [Assumption]) -> String {
    "\(group.count) providers stay as the boot loader left them, which suits the devices of "
      + (group.first?.domains.joined(separator: ", ") ?? "") + ": " + group.map(\.subject).joined(separator: ", ")
  }

  /// The list as JSON.
  public var json: JSONValue { .array(all.map(\.json)) }

  private static func firmware(_ draft: Draft) -> [Assumption] {
    guard let firmware = draft.board.description.firmware else { return [] }
    return firmware.provides.map {
      Assumption(
        kind: .firmware, subject: draft.board.name,
        statement: "the firmware of board \(draft.board.name) provides \(Quotation.printable($0))",
        reason: firmware.name, approvedBy: nil, domains: [], span: nil)
    }
  }

  /// What is done about each is the hypervisor's or the firmware's; that the list is whole is the board's description's.
  private static func errata(_ draft: Draft) -> [Assumption] {
    guard draft.isForRuntime else { return [] }
    return draft.board.description.errata.map { erratum in
      Assumption(
        kind: .erratum, subject: draft.board.name,
        statement:
          "erratum \(Quotation.printable(erratum.number)) (\(Quotation.printable(erratum.affects))) does no harm",
        reason: erratum.measure, approvedBy: nil, domains: [], span: nil)
    }
  }

  /// Those that somebody has.
  private static func enabledDevices(_ draft: Draft) -> [Assumption] {
    draft.board.description.enabledNodes.compactMap { node in
      let domains = draft.domains.filter { $0.devices.contains { $0.path == node.path } }.map(\.name)
      guard !domains.isEmpty || draft.hypervisorConsole?.path == node.path else { return nil }
      return Assumption(
        kind: .enabledDevice, subject: node.path,
        statement: "\(node.path) is there and can be used, although the tree of board \(draft.board.name) disables it",
        reason: node.reason, approvedBy: nil, domains: domains, span: nil)
    }
  }

  private static func policies(_ draft: Draft) -> [Assumption] {
    draft.manifest.providers.compactMap { declaration in
      guard let path = draft.board.tree.resolve(declaration.path.value)?.path else { return nil }
      let covered = draft.providers.filter { $0.declaredPath == path }
      let domains = draft.domains.map(\.name).filter { name in covered.contains { $0.domains.contains(name) } }
      return Assumption(
        kind: .providerPolicy, subject: path, statement: statement(declaration, path, covered, domains),
        reason: declaration.reason?.value, approvedBy: nil, domains: domains, span: declaration.path.span)
    }
  }

  private static func statement(
    _ declaration: ProviderDeclaration, _ path: String, _ covered: [ProviderPlan], _ domains: [String]
  ) -> String {
    let users = domains.isEmpty ? "nobody's devices" : "the devices of " + domains.joined(separator: ", ")
    switch declaration.policy.value {
    case .bootConfigured:
      let numbers = covered.count == 1 ? rates(of: covered) : ""
      return "\(path) stays as the boot loader left it, which suits \(users)\(numbers)"
    case .ownedBy(let owner):
      let others = domains.filter { $0 != owner }
      let rest = others.isEmpty ? "" : " and changes nothing under the devices of \(others.joined(separator: ", "))"
      return "domain \(owner) alone drives \(path)\(rest)"
    case .firmware:
      return "the firmware behind \(path) serves the requests of \(users) and keeps them apart by their ids"
    }
  }

  /// The rates that somebody reckons with.
  private static func rates(of providers: [ProviderPlan]) -> String {
    let rates = providers.flatMap { provider in
      let numbers = Set(provider.users.filter { $0.reference.property == "clocks" }.map(\.clockNumber))
      return provider.rates.filter { numbers.contains($0.key) }.sorted { $0.key < $1.key }
    }
    return rates.isEmpty ? "" : " (" + rates.map { "clock \($0.key) at \($0.value) Hz" }.joined(separator: ", ") + ")"
  }

  private static func defaults(_ draft: Draft) -> [Assumption] {
    draft.providers.filter {
      $0.declaration == nil && $0.policy == .bootConfigured && $0.isSettled && !$0.users.isEmpty
    }.map {
      Assumption(
        kind: .providerPolicy, subject: $0.path,
        statement: "\($0.path) stays as the boot loader left it, which suits the devices of "
          + "\($0.domains.joined(separator: ", "))\(rates(of: [$0]))",
        reason: nil, approvedBy: nil, domains: $0.domains, span: nil)
    }
  }

  private static func masters(_ draft: Draft) -> [Assumption] {
    draft.domains.flatMap { domain in
      domain.devices.filter { $0.needsUnprotectedDMA && $0.assignment.hasUnprotectedDMA }.map { device in
        Assumption(
          kind: .unprotectedDMA, subject: device.path,
          statement:
            "\(device.path) of domain \(domain.name) reaches no memory but the domain's, though no SMMU holds its DMA",
          reason: device.declaration.reason?.value, approvedBy: nil, domains: [domain.name], span: device.span)
      }
    }
  }

  /// Those that an accepted manifest has: between equals, or waived.
  private static func boardStops(_ draft: Draft) -> [Assumption] {
    draft.boardStops.map { stop in
      Assumption(
        kind: .boardStop, subject: stop.device.path,
        statement: "domain \(stop.domain.name) does not stop the board under domain \(stop.endangered.name), though "
          + "\(stop.device.path) lets it: \(stop.reason.words)",
        reason: stop.device.declaration.reason?.value, approvedBy: nil,
        domains: draft.domains.map(\.name).filter { [stop.domain.name, stop.endangered.name].contains($0) },
        span: stop.device.span)
    }
  }

  /// The end of an interrupt does not trap there, and it takes any number.
  private static func directInterrupts(_ draft: Draft) -> [Assumption] {
    draft.domains.filter { $0.declaration.interrupts.value == .direct && draft.domains.count > 1 }.map { domain in
      let others = draft.domains.filter { $0.index != domain.index }.map(\.name)
      return Assumption(
        kind: .directInterrupts, subject: domain.name,
        statement:
          "domain \(domain.name), which takes its interrupts at EL1, ends no interrupt by a number that is not its "
          + "own; one of \(others.joined(separator: ", ")) would come again while it is handled",
        reason: nil, approvedBy: nil, domains: draft.domains.map(\.name), span: domain.declaration.interrupts.span)
    }
  }

  /// Of these a restart turns the interrupts off and clears what is pending and active, and nothing else.
  private static func keptDevices(_ draft: Draft) -> [Assumption] {
    let known = Set(draft.board.description.deviceResets.map(\.path))
    return draft.domains.filter { $0.declaration.onFault.value == .restart }.flatMap { domain in
      domain.devices.filter { !known.contains($0.path) && !$0.assignment.device.registers.isEmpty }.map { device in
        Assumption(
          kind: .keptDevice, subject: device.path,
          statement:
            "domain \(domain.name) can start anew with \(device.path) as its last run left it: nothing is known that "
            + "resets the device, and what its registers hold may be read",
          reason: nil, approvedBy: nil, domains: [domain.name], span: device.span)
      }
    }
  }

  private static func waivers(_ manifest: Manifest) -> [Assumption] {
    manifest.waivers.map {
      Assumption(
        kind: .waiver, subject: $0.subject.value,
        statement: "what \($0.rule.value) finds on \(Quotation.printable($0.subject.value)) does no harm",
        reason: $0.reason.value, approvedBy: $0.approvedBy.value, domains: [], span: $0.span)
    }
  }
}
