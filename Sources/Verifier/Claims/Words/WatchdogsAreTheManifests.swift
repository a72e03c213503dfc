import Diagnostics
import Manifest
import Ownership

/// A domain has the watchdog that the manifest asks for, with its times.
enum WatchdogsAreTheManifests: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-120", title: "watchdogs are the manifest's",
    requirement:
      "A domain shall have a watchdog exactly where the manifest says so, with the period of `watchdog:` and the "
      + "time to start it of `watchdog-start:`, or 60 s.",
    hazard: "A domain that hangs is never ended, or one that works is.",
    applicability: "Every image that is verified.",
    example: "bulkhead verify build/cockpit   # the period of a watchdog was made longer")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var findings = CappedFindings(description)
    for domain in system.domains {
      guard let declaration = context.groundwork.domain(domain.name)?.declaration else { continue }
      let found = domain.record.virtualDevices.filter { $0.kind == .watchdog }.map(\.parameter)
      let wanted = times(declaration).map { [$0] } ?? []
      guard found != wanted else { continue }
      findings.add(
        Finding(
          description, .error,
          "domain \(domain.name) has \(words(found)) by its records, and \(words(wanted)) by the manifest",
          subjects: ["domains.\(domain.name)"], resource: ResourceReference(.domain), domains: [domain.name],
          spans: [declaration.watchdog?.span ?? declaration.span], help: VerifierRules.rebuild))
    }
    let count = system.domains.flatMap(\.record.virtualDevices).filter { $0.kind == .watchdog }.count
    return ClaimOutcome(description, examined: count, "watchdogs", findings: findings.all)
  }

  /// The period in bits 31:0, the time to start it above, in microseconds.
  private static func times(_ declaration: DomainDeclaration) -> UInt64? {
    declaration.watchdog.map { period in
      period.value | (declaration.watchdogStart?.value ?? DomainDeclaration.usualWatchdogStart) << 32
    }
  }

  private static func words(_ times: [UInt64]) -> String {
    guard let first = times.first else { return "no watchdog" }
    return "a watchdog of \(first & 0xFFFF_FFFF) us to be started within \(first >> 32) us"
  }
}
