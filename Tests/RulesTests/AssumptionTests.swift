import Diagnostics
import Evidence
import Testing

@Suite("Assumptions of use")
struct AssumptionTests {
  private let bench: Workbench

  init() throws { bench = try Workbench.shared.get() }

  private static let manifest = """
    manifest: 1
    name: test
    board: generic
    device-tree: providers.dtb
    domains:
      left: { cpus: [0], memory: 16 MiB, kernel: raw.bin, console: none, devices: [/soc/serial@20000] }
      right:
        cpus: [1]
        memory: 16 MiB
        kernel: raw.bin
        console: none
        devices:
          - /soc/serial@30000
          - /soc/serial@60000
          - { path: /soc/system-controller@d0000, dma: unprotected, reason: "its manual shows no master port" }
    providers:
      /soc/clock-controller@10000: { policy: boot-configured, rates: { 1: 24000000 }, reason: "set by the loader" }
    waivers:
      - { rule: BH-PRV-008, subject: /nowhere, reason: "of no use", approved-by: "A. Person" }
    """

  @Test("list policies, providers that stay as they are, unprotected masters and waivers, with their reasons")
  func all() throws {
    let draft = try #require(bench.check(Self.manifest).planning?.draft)
    let assumptions = AssumptionsOfUse(draft)
    let subjects = assumptions.all.map(\.subject)
    #expect(subjects.first == "/soc/clock-controller@10000")
    #expect(subjects.contains("/soc/i2c@50000/pmic@25/regulators/BUCK1"))
    #expect(subjects.suffix(2) == ["/soc/system-controller@d0000", "/nowhere"])
    #expect(assumptions.all.first?.reason == "set by the loader")
    #expect(assumptions.all.first?.domains == ["left", "right"])
    #expect(assumptions.all.first?.statement.contains("clock 1 at 24000000 Hz, clock 2 at 48000000 Hz") == true)
    #expect(assumptions.all.last?.approvedBy == "A. Person")
    #expect(assumptions.text.contains("no SMMU holds its DMA: its manual shows no master port\n"))
    #expect(assumptions.text.hasSuffix("does no harm, accepted by A. Person: of no use\n"))
  }

  @Test("stand in the JSON of a check beside the findings")
  func json() throws {
    let draft = try #require(bench.check(Self.manifest).planning?.draft)
    let assumptions = AssumptionsOfUse(draft)
    let text = FindingsJSON.text(for: [Finding](), assumptions: assumptions.json)
    #expect(text.contains("\"assumptions\": [") && text.contains("\"kind\": \"provider-policy\""))
    #expect(text.contains("\"verdict\": \"accepted\""))
    let values = assumptions.all.map(\.json)
    #expect(assumptions.json == .array(values))
    #expect(values.count == assumptions.all.count)
    #expect(values.last?["approved-by"] == .string("A. Person"))
    #expect(AssumptionsOfUse().text.isEmpty)
  }

  @Test("say that a domain with direct interrupts ends none but its own")
  func direct() throws {
    let text = try #require(Fixture.accepted.first { $0.file == "direct-interrupts.yaml" }?.text)
    let all = AssumptionsOfUse(try #require(bench.check(text).planning?.draft)).all
    let assumption = try #require(all.first { $0.kind == .directInterrupts })
    #expect(
      assumption.statement.contains("domain cluster, which takes its interrupts at EL1, ends no interrupt by a number"))
    #expect(assumption.domains == ["cluster", "other"] && assumption.span?.start.line == 11)
    #expect(assumption.json["kind"] == .string("direct-interrupts"))
    #expect(all.filter { $0.kind == .directInterrupts }.count == 1)
  }
}
