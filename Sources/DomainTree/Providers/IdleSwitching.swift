import DeviceTree
import Diagnostics
import Partition

/// A kernel that drives a provider switches off what nobody in its own tree uses, and so what another domain uses.
///
/// Linux does so at the end of its start for clocks, power domains and regulators, unless its command line says
/// otherwise (Documentation/admin-guide/kernel-parameters.txt).
enum IdleSwitching {
  private static let parameters: [(kind: ReferenceKind, word: String, parameter: String)] = [
    (.clock, "clocks", "clk_ignore_unused"), (.powerDomain, "power domains", "pd_ignore_unused"),
    (.regulator, "regulators", "regulator_ignore_unused"),
  ]

  /// One warning for each kind of provider that the domain drives for others and does not promise to leave on.
  static func findings(_ domain: DomainPlan, _ plan: Plan) -> [Finding] {
    let line = domain.declaration.commandLine?.value.split(separator: " ").map(String.init) ?? []
    return parameters.filter { !line.contains($0.parameter) }.compactMap { kind, word, parameter in
      let shared = plan.providers.compactMap { provider -> (path: String, others: [String])? in
        guard provider.driver == domain.name else { return nil }
        let others = provider.users.filter { $0.domain != domain.name && $0.reference.kind == kind }.map(\.domain)
        return others.isEmpty ? nil : (provider.path, others)
      }
      guard let first = shared.first else { return nil }
      let others = Set(shared.flatMap(\.others)).sorted()
      return Finding(
        DomainTreeRules.idleSwitching, .warning,
        "domain \(domain.name) drives the \(word) of \(shared.map(\.path).joined(separator: ", ")) for "
          + "\(others.joined(separator: ", ")) as well, and its kernel may switch off those that its own tree does not use",
        subjects: ["domains.\(domain.name)", first.path], resource: ResourceReference(.provider, first.path),
        domains: [domain.name] + others,
        spans: [domain.declaration.commandLine?.span ?? domain.declaration.span],
        help: "if it is Linux, add \(parameter) to `cmdline:` of domain \(domain.name)")
    }
  }
}
