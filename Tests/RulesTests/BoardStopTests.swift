import Diagnostics
import Evidence
import Testing

@Suite("Who can stop the whole board")
struct BoardStopTests {
  private let bench: Workbench

  init() throws { bench = try Workbench.shared.get() }

  /// Two domains or more on the tree with every kind of stopper: the first has the device.
  private func outcome(_ device: String, _ levels: [String], more: String = "") -> Workbench.Outcome {
    let domains = levels.enumerated().map { index, level in
      let devices = index == 0 ? "devices: [\(device)], " : ""
      let criticality = level.isEmpty ? "" : "criticality: \(level), "
      return "  d\(index): { \(criticality)\(devices)cpus: [\(index)], memory: 16 MiB, kernel: raw.bin, console: none }"
    }
    return bench.check(
      "manifest: 1\nname: test\nboard: generic\ndevice-tree: stoppers.dtb\n" + more + "domains:\n"
        + domains.joined(separator: "\n") + "\n")
  }

  private func severities(_ device: String, _ levels: [String], more: String = "") -> [Severity] {
    outcome(device, levels, more: more).findings.filter { $0.rule.rawValue == "BH-DEV-023" }.map(\.severity)
  }

  @Test(
    "Every kind of such a device is refused to the less critical domain",
    arguments: [
      "watchdog@2000", "watchdog@3000", "snvs@4000", "reset-controller@5000", "syscon@6000", "syscon@7000", "gpio@8000",
      "gpio@9000", "i2c@a000", "i2c@b000", "pwm@c000",
    ])
  func kinds(name: String) {
    #expect(severities("/soc/" + name, ["QM", "ASIL-A"]) == [.error])
    #expect(severities("/soc/" + name, ["", "ASIL-D"]) == [.error])
  }

  @Test("Others are not", arguments: ["rtc@1000", "i2c@d000"])
  func harmless(name: String) { #expect(severities("/soc/" + name, ["QM", "ASIL-D"]).isEmpty) }

  @Test("The most critical domain may have it, a domain alone too; between equals it is a warning")
  func order() {
    #expect(severities("/soc/watchdog@2000", ["ASIL-D", "ASIL-C"]).isEmpty)
    #expect(severities("/soc/watchdog@2000", ["ASIL-A", ""]).isEmpty)
    #expect(severities("/soc/watchdog@2000", ["QM"]).isEmpty)
    #expect(severities("/soc/watchdog@2000", ["QM", ""]) == [.warning])
    #expect(severities("/soc/watchdog@2000", ["ASIL-C", "ASIL-C"]) == [.warning])
    #expect(severities("/soc/watchdog@2000", ["ASIL-C", "ASIL-D"]) == [.error])
  }

  @Test("Left out of every domain it is nobody's, also under `disabled:`")
  func leftOut() {
    #expect(severities("/soc/rtc@1000", ["QM", "ASIL-D"], more: "disabled: [/soc/watchdog@2000]\n").isEmpty)
  }

  @Test("A waiver makes it a note, and both stand among the assumptions of use")
  func waived() throws {
    let waiver =
      "waivers:\n  - { rule: BH-DEV-023, subject: /soc/watchdog@2000, reason: \"its reset is not wired\", "
      + "approved-by: \"J. Doe\" }\n"
    let outcome = outcome("/soc/watchdog@2000", ["QM", "ASIL-B"], more: waiver)
    #expect(!outcome.findings.containsError)
    #expect(outcome.findings.contains { $0.rule.rawValue == "BH-DEV-023" && $0.severity == .note })
    let assumptions = AssumptionsOfUse(try #require(outcome.planning?.draft)).all
    #expect(assumptions.map(\.kind) == [.boardStop, .waiver])
    #expect(assumptions.first?.domains == ["d0", "d1"])
    #expect(
      assumptions.first?.statement
        == "domain d0 does not stop the board under domain d1, though /soc/watchdog@2000 lets it: it is a watchdog "
        + "(arm,sp805), and once it expires the whole chip is reset")
    #expect(assumptions.last?.reason == "its reset is not wired")
  }
}
