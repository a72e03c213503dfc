import Diagnostics

/// Checks on `watchdog:`.
extension ManifestChecks {
  /// Both times can be counted, and the second stands beside the first.
  func checkWatchdog(_ domain: DomainDeclaration) {
    let subject = "domains.\(domain.name.value)"
    for (key, time) in [("watchdog", domain.watchdog), ("watchdog-start", domain.watchdogStart)] {
      guard let time, !(WatchdogRules.shortest...WatchdogRules.longest).contains(time.value) else { continue }
      reading.report(
        WatchdogRules.period, at: [time.span],
        "`\(subject).\(key)` is \(time.value) us, and the hypervisor counts from \(WatchdogRules.shortest) us to "
          + "\(WatchdogRules.longest) us", subject: subject, kind: .domain, domains: [domain.name.value],
        help: "write a time from 1 ms to 4294 s")
    }
    guard domain.watchdog == nil, let start = domain.watchdogStart else { return }
    reading.report(
      WatchdogRules.start, at: [start.span], "`\(subject)` has `watchdog-start`, and no `watchdog`", subject: subject,
      kind: .domain, domains: [domain.name.value], help: "add `watchdog: 500 ms`, or remove it")
  }
}
