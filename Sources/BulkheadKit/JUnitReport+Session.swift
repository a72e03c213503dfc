extension JUnitReport {
  /// The report of a run: one case an expectation, and the emulator's own failures.
  public init(system: EmulatedSystem, result: SessionResult) {
    let name = system.folder.loadMap.name
    let cases = result.expectations.map { outcome in
      JUnitCase(
        name: "\(outcome.expectation.source) says \(outcome.expectation.text)", group: name,
        seconds: Double(outcome.elapsed.components.seconds) + Double(outcome.elapsed.components.attoseconds) / 1e18,
        failure: outcome.finding?.message, details: outcome.lastLine)
    }
    let missed = Set(result.expectations.compactMap(\.finding))
    self.init(name: name, cases: cases, errors: result.findings.filter { !missed.contains($0) }.map(\.message))
  }
}
