import Diagnostics
import Manifest
import Ownership
import Partition
import TestSupport
import Testing

@Suite("Plans with providers")
struct ProviderPlanTests {
  private let bench: Workbench

  init() throws { bench = try Workbench.shared.get() }

  private func plan(_ left: [String], _ right: [String] = [], providers: String = "") throws -> Plan {
    let text = """
      manifest: 1
      name: test
      board: generic
      device-tree: providers.dtb
      domains:
        left: { cpus: [0], memory: 16 MiB, kernel: raw.bin, console: none, devices: [\(left.joined(separator: ", "))] }
        right: { cpus: [1], memory: 16 MiB, kernel: raw.bin, console: none, devices: [\(right.joined(separator: ", "))] }
      \(providers.isEmpty ? "" : "providers:\n" + providers)
      """
    let outcome = bench.check(text)
    let errors = outcome.findings.filter { $0.severity == .error }.map(\.message)
    return try #require(outcome.planning?.plan, "\(errors)")
  }

  @Test("leave clocks at the rates that the tree tells, and the manifest's count before these")
  func rates() throws {
    let clocks = "/soc/clock-controller@10000"
    let told = try plan(["/soc/serial@30000"])
    #expect(told.treatment(ofProvider: clocks, in: "left") == .stub(rates: [2: 48_000_000]))
    #expect(told.treatment(ofProvider: clocks, in: "right") == nil)
    let written = try plan(
      ["/soc/serial@20000"], ["/soc/serial@30000"],
      providers: "  \(clocks): { policy: boot-configured, rates: { 1: 1000, 2: 2000 }, reason: test }")
    #expect(written.treatment(ofProvider: clocks, in: "left") == .stub(rates: [1: 1000, 2: 2000]))
    #expect(written.treatment(ofProvider: clocks, in: "right") == .stub(rates: [1: 1000, 2: 2000]))
    #expect(written.ownership.claim(on: .provider(clocks))?.owner == .nobody)
    #expect(written.ownership.claim(at: 0x1001_0000) == nil)
  }

  @Test("give an owner the provider's registers, and the others stubs")
  func owned() throws {
    let clocks = "/soc/clock-controller@10000"
    let plan = try plan(
      ["/soc/serial@20000"], ["/soc/serial@30000"], providers: "  \(clocks): { policy: owned-by left, reason: test }")
    #expect(plan.domains[0].devices.map(\.device.path) == ["/soc/serial@20000", clocks])
    #expect(plan.domains[1].devices.map(\.device.path) == ["/soc/serial@30000"])
    #expect(plan.treatment(ofProvider: clocks, in: "left") == .driven)
    #expect(plan.treatment(ofProvider: clocks, in: "right") == .stub(rates: [2: 48_000_000]))
    #expect(plan.ownership.claim(on: .provider(clocks))?.owner == .domain("left"))
    #expect(plan.ownership.claim(at: 0x1001_0000)?.owner == .domain("left"))
  }

  @Test("tell the others the rates that an owner keeps")
  func ownedRates() throws {
    let clocks = "/soc/clock-controller@10000"
    let plan = try plan(
      ["/soc/serial@30000"], ["/soc/serial@20000"],
      providers: "  \(clocks): { policy: owned-by left, rates: { 1: 24000000 }, reason: test }")
    #expect(plan.treatment(ofProvider: clocks, in: "right") == .stub(rates: [1: 24_000_000, 2: 48_000_000]))
  }

  @Test("cover what lies below a node with its policy, and what is behind it needs none")
  func below() throws {
    let plan = try plan(
      ["/soc/serial@60000"], providers: "  /soc/i2c@50000: { policy: boot-configured, reason: test }")
    let regulator = try #require(plan.providers.first { $0.path.hasSuffix("/BUCK1") })
    #expect(regulator.policy == .bootConfigured && regulator.declaredPath == "/soc/i2c@50000")
    #expect(plan.treatment(ofProvider: "/soc/i2c@50000/pmic@25/regulators/BUCK1", in: "left") == .stub(rates: [:]))
    #expect(plan.treatment(ofProvider: "/oscillator", in: "left") == nil)
  }

  @Test("give the mailbox of a firmware that is asked by messages to the one domain that asks")
  func mailbox() throws {
    let firmware = "/soc/system-controller@d0000"
    for policy in ["firmware", "owned-by left"] {
      let plan = try plan(["/soc/serial@e0000"], providers: "  \(firmware): { policy: \(policy), reason: test }")
      #expect(plan.domains[0].devices.map(\.device.path) == ["/soc/serial@e0000", "/soc/mailbox@c0000"])
      #expect(plan.treatment(ofProvider: firmware + "/power-controller", in: "left") == .firmware)
      #expect(plan.domains[0].firmwareCalls.isEmpty)
    }
  }

  @Test("let one domain ask firmware and give the others stubs")
  func oneAsks() throws {
    let plan = try plan(
      ["/soc/serial@e0000"], ["/soc/serial@f0000"],
      providers: "  /soc/system-controller@d0000: { policy: owned-by right, reason: test }")
    let power = "/soc/system-controller@d0000/power-controller"
    #expect(plan.treatment(ofProvider: power, in: "left") == .stub(rates: [:]))
    #expect(plan.treatment(ofProvider: power, in: "right") == .firmware)
    #expect(plan.domains[1].devices.map(\.device.path) == ["/soc/serial@f0000", "/soc/mailbox@c0000"])
  }

  /// Whether a call with these registers is let through.
  private func isLet(_ calls: [FirmwareCall], _ function: UInt32, _ argument: UInt64) -> Bool {
    calls.contains { $0.functions.contains(0xC200_0000 | function) && argument & $0.mask == $0.value }
  }

  @Test("let exactly those EEMI calls through that ask nothing of others' clocks, resets, power nodes and pins")
  func energyManagement() throws {
    let plan = try plan(
      ["/soc/serial@90000"], ["/soc/serial@20000"],
      providers: "  /firmware/zynqmp-firmware: { policy: firmware, reason: test }")
    let calls = plan.domains[0].firmwareCalls
    #expect(plan.domains[1].firmwareCalls.isEmpty)
    let own: [UInt32: Set<UInt64>] = [
      13: [33], 14: [33], 15: [33], 17: [1034], 28: [18, 19], 29: [18, 19], 31: [18, 19], 33: [18, 19],
      36: [31, 56], 37: [31, 56], 39: [31, 56], 41: [31, 56], 43: [31, 56],
    ]
    let questions: Set<UInt32> = [0, 1, 3, 18, 24, 30, 32, 35, 38, 40, 42, 44, 63, 0xa03]
    for function in Array(0...255) + [0xa01, 0xa02, 0xa03, 0xa04, 0xfff] as [UInt32] where function != 34 {
      for id in 0...1200 as ClosedRange<UInt64> {
        // Further arguments stand in the high half.
        for argument in [id, id | 0xFFFF_FFFF_0000_0000] {
          let isRight = questions.contains(function) || own[function]?.contains(id) == true
          #expect(isLet(calls, function, argument) == isRight, "function \(function), id \(id)")
        }
      }
    }
    #expect(!isLet(calls, 36, 31 | 1 << 31))
  }

  @Test("let controls of the domain's own power nodes through, and none whose object stands elsewhere")
  func controls() throws {
    let plan = try plan(
      ["/soc/serial@90000"], providers: "  /firmware/zynqmp-firmware: { policy: firmware, reason: test }")
    let calls = plan.domains[0].firmwareCalls
    for control in 0...63 as ClosedRange<UInt64> {
      #expect(isLet(calls, 34, control << 32 | 33) == [6, 7, 30, 31].contains(control))
      #expect(!isLet(calls, 34, control << 32 | 34))
    }
  }

  @Test("let SCMI's one function through for the one domain that asks by SMC, and give it the shared memory")
  func scmi() throws {
    let text = """
      manifest: 1
      name: test
      board: generic
      device-tree: \(Corpus.folder)/rockchip/rk3568-odroid-m1.dtb
      memory-banks: [{ base: 0x200000, size: 1 GiB }]
      domains:
        left:
          cpus: [0]
          memory: 16 MiB
          kernel: raw.bin
          console: none
          devices: [ { path: /gpu@fde60000, dma: unprotected, reason: test } ]
      providers:
        /firmware/scmi: { policy: firmware, reason: test }
      """
    let outcome = bench.check(text)
    let domain = try #require(outcome.planning?.draft.domains.first)
    #expect(domain.firmwareCalls == [FirmwareCall(functions: 0x8200_0010...0x8200_0010)])
    #expect(domain.devices.map(\.path) == ["/gpu@fde60000", "/sram@10f000/sram@0"])
    let draft = try #require(outcome.planning?.draft)
    #expect(draft.treatment(ofProvider: "/firmware/scmi/protocol@14", in: "left") == .firmware)
  }

  @Test("keep the calls that `smc:` names, for any argument")
  func named() throws {
    let text = """
      manifest: 1
      name: test
      board: generic
      device-tree: providers.dtb
      domains:
        left: { cpus: [0], memory: 16 MiB, kernel: raw.bin, console: none, smc: [0x82000000..0x82000003] }
      """
    let plan = try #require(bench.check(text).planning?.plan)
    #expect(plan.domains[0].firmwareCalls == [FirmwareCall(functions: 0x8200_0000...0x8200_0003)])
  }

  @Test("A pin controller that one domain owns needs no further entries for the GPIO banks below it")
  func ownedWithChildren() throws {
    let text = """
      manifest: 1
      name: real
      board: generic
      device-tree: \(Corpus.folder)/rockchip/rk3399-rockpro64.dtb
      memory-banks: [{ base: 0x200000, size: 1 GiB }]
      domains:
        left: { cpus: [0], memory: 16 MiB, kernel: raw.bin, devices: [/serial@ff1a0000] }
        right: { cpus: [1], memory: 16 MiB, kernel: raw.bin, console: none, devices: [/serial@ff180000] }
      providers:
        /clock-controller@ff760000: { policy: boot-configured, reason: test }
        /clock-controller@ff750000: { policy: boot-configured, reason: test }
        /pinctrl: { policy: owned-by left, reason: test }
      """
    let outcome = bench.check(text)
    let errors = outcome.findings.filter { $0.severity == .error }.map { "\($0.rule): \($0.message)" }
    #expect(errors.isEmpty)
    // The bank stands below the entry's node and is needed by the other domain: the entry speaks for it.
    let bank = try #require(outcome.planning?.draft.providers.first { $0.path == "/pinctrl/gpio@ff720000" })
    #expect(bank.declaredPath == "/pinctrl" && bank.policy == .ownedBy("left"))
  }

  @Test("A label that a tree without labels does not have is said to be missing for that reason")
  func noLabels() throws {
    let text = """
      manifest: 1
      name: real
      board: generic
      device-tree: \(Corpus.folder)/ti/k3-am625-sk.dtb
      domains:
        only: { cpus: [0], memory: 16 MiB, kernel: raw.bin, devices: [main_uart0] }
      """
    let finding = try #require(bench.check(text).findings.first { $0.rule.rawValue == "BH-DEV-001" })
    #expect(finding.message.contains("no labels at all"))
  }
}
