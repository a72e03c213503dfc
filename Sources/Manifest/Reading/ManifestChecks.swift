import Diagnostics

/// What must hold between the parts of a manifest, without any board: names that refer to each other, keys that need
/// each other.
struct ManifestChecks {
  let manifest: Manifest
  /// Every name under `domains:`, those of domains that could not be read included.
  let domainNames: [String]
  let reading: Reading
  let rules: [RuleDescription]?

  /// The page of the stage-2 tables (granule 4 KiB).
  static let page: UInt64 = 4096

  /// Runs every check.
  func run() {
    checkBackend()
    checkBoard()
    for domain in manifest.domains {
      check(domain)
      checkWatchdog(domain)
    }
    for channel in manifest.channels where !channel.isHealthPage { check(channel) }
    checkHealthPage()
    for provider in manifest.providers { check(provider) }
    for expectation in manifest.expectations {
      checkIsDomain(expectation.domain, "`expect`", subject: "expect")
    }
    checkStopSystem()
    if let rules { checkWaivers(rules) }
  }

  private func checkBackend() {
    // Without the section, that Xen is not supported yet says everything.
    guard manifest.backend.value == .bulkhead, let xen = manifest.xen else { return }
    reading.report(
      ManifestRules.backendSection, at: [xen.image.span, manifest.backend.span],
      "there is a section `xen`, but the backend is `bulkhead`", subject: "xen", labels: ["the backend"],
      help: "remove the section")
  }

  private func checkBoard() {
    guard manifest.board.value == "generic", manifest.deviceTree == nil, !reading.isIncomplete else { return }
    reading.report(
      ManifestRules.genericTree, at: [manifest.board.span], "`board: generic` needs a `device-tree`", subject: "board",
      help: "add `device-tree: path/to/board.dtb`, or name a board that `bulkhead boards` lists")
  }

  /// A name that must be one of the domains'.
  func checkIsDomain(_ name: Located<String>, _ what: String, subject: String) {
    // Without any domain, that is the finding.
    guard !domainNames.isEmpty, !domainNames.contains(name.value) else { return }
    let names = domainNames.prefix(8).map { "`\($0)`" }.joined(separator: ", ")
    reading.report(
      ManifestRules.unknownDomain, at: [name.span],
      "\(what) names the domain \(Quotation.quoted(name.value)), which does not exist",
      subject: subject, kind: .domain,
      help: Suggestions.help(for: name.value, among: domainNames)
        ?? "the domains are \(names)\(domainNames.count > 8 ? " …" : "")")
  }
}
