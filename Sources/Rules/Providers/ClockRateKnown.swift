import Diagnostics
import Manifest
import Partition

/// A clock that nobody drives in a domain has a known rate.
enum ClockRateKnown: Rule {
  static let description = RuleDescription(
    "BH-PRV-011", title: "clocks that stay have a known rate",
    requirement:
      "For every clock that an assigned device refers to and that its domain does not drive, the manifest or the device "
      + "tree should say its rate.",
    hazard: "The domain gets no clock in its place: drivers that compute a baud rate or a timing from it fail.",
    applicability:
      "A warning, for providers that stay as the boot loader left them or that another domain drives.",
    example:
      "providers:\n  /soc/clock-controller@30380000: { policy: boot-configured, reason: \"…\" }      # without `rates:`",
    isWaivable: true)

  static func check(_ context: RuleContext) -> [Finding] {
    context.draft.providers.filter(\.isSettled).compactMap { provider in
      let users = provider.users.filter { use in
        use.reference.property == "clocks" && use.isOfDeviceItself
          && provider.policy != .firmware && provider.driver != use.domain && provider.rates[use.clockNumber] == nil
      }
      guard let first = users.first else { return nil }
      let numbers = Set(users.map(\.clockNumber)).sorted()
      let devices = users.map(\.device).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      return Finding(
        description, .warning,
        "the rate of \(numbers.count == 1 ? "clock" : "clocks") \(numbers.map(String.init).listed(8)) of \(provider.path) "
          + "is not known, so \(devices.listed()) of \(domains(users)) will find none in its place",
        subjects: [provider.path, first.device], resource: ResourceReference(.provider, provider.path),
        domains: Set(users.map(\.domain)).sorted(),
        spans: [provider.declaration?.path.span ?? context.span(of: first)], help: help(provider, numbers))
    }
  }

  private static func domains(_ users: [ProviderUse]) -> String {
    let names = Set(users.map(\.domain)).sorted()
    return (names.count == 1 ? "domain " : "domains ") + names.listed()
  }

  private static func help(_ provider: ProviderPlan, _ numbers: [UInt32]) -> String {
    let rates = numbers.map { "\($0): HERTZ" }.joined(separator: ", ")
    guard let declaration = provider.declaration, provider.declaredPath == provider.path else {
      let policy = provider.driver.map { "owned-by \($0)" } ?? "boot-configured"
      return "look the rates up in what the boot loader sets, and write them in the place of HERTZ:\nproviders:\n"
        + "  \(provider.path): { policy: \(policy), rates: { \(rates) }, reason: \"…\" }"
    }
    let all = (declaration.rates.map { "\($0.value.clock): \($0.value.hertz)" } + [rates]).joined(separator: ", ")
    return
      "look the rates up in what the boot loader sets, and let this entry have `rates: { \(all) }` with them in the "
      + "place of HERTZ"
  }
}

extension ProviderUse {
  /// Whether the reference stands in the device's own node or below it, so that the domain's tree has it.
  var isOfDeviceItself: Bool { reference.from == device || reference.from.hasPrefix(device + "/") }
}
