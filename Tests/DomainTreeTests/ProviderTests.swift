import DeviceTree
import Diagnostics
import DomainTree
import Partition
import Testing

@Suite("References of a domain's devices to providers")
struct ProviderTests {
  private static let controller = "/soc/clock-controller@0"

  /// The path, property and what each reference of a copied node leads to, with its cells.
  private func leads(_ tree: DeviceTree, _ alias: String, _ property: String) throws -> [String] {
    let node = try #require(tree.resolve(alias))
    return tree.references(of: node).entries.filter { $0.property == property }.map { reference in
      ([reference.target] + reference.specifier.map(String.init)).joined(separator: " ")
    }
  }

  private func property(_ tree: DeviceTree, _ alias: String, _ name: String) throws -> Property? {
    try #require(tree.resolve(alias)).property(name)
  }

  @Test("become fixed clocks of the rate that the manifest names, in their place, one for all devices")
  func fixedClocks() throws {
    let treatment = ProviderTreatment.stub(rates: [5: 48_000_000, 6: 66_000_000])
    let (tree, written) = try ProviderBoard.slice(
      ["serial1", "serial3"], treatments: [Self.controller: treatment])
    #expect(
      try leads(tree, "serial1", "clocks") == ["/clock-controller-5", "/oscillator", "/clock-controller-6"])
    #expect(try property(tree, "serial1", "clock-names")?.strings == ["baud", "reference", "bus"])
    let second = try leads(tree, "serial3", "clocks")
    #expect(second.prefix(2) == ["/clock-controller-6", "/clock-controller-5"])
    let clock = try #require(tree.node(at: "/clock-controller-5"))
    #expect(clock.compatible == ["fixed-clock"])
    #expect(clock.property("clock-frequency")?.cell == 48_000_000)
    #expect(clock.property("#clock-cells")?.cell == 0)
    let lost = written.findings.filter { $0.subjects.first == "/soc/serial@10000" }
    #expect(!lost.contains { $0.message.contains("clocks") })
  }

  @Test("are left out with their names where nobody knows the rate, and the note says which")
  func unknownRate() throws {
    let (tree, written) = try ProviderBoard.slice(
      ["serial1"], treatments: [Self.controller: .stub(rates: [6: 66_000_000])])
    #expect(try leads(tree, "serial1", "clocks") == ["/oscillator", "/clock-controller-6"])
    #expect(try property(tree, "serial1", "clock-names")?.strings == ["reference", "bus"])
    let note = try #require(written.findings.first { $0.rule.rawValue == "BH-GST-102" })
    #expect(note.message.contains("clocks (baud)"))
    #expect(note.subjects.contains(Self.controller))
  }

  @Test("keep their place by an empty phandle where they have no names")
  func holes() throws {
    let (tree, _) = try ProviderBoard.slice(["serial3"], treatments: [Self.controller: .stub(rates: [5: 48_000_000])])
    let clocks = try #require(try property(tree, "serial3", "clocks")?.cells)
    #expect(clocks.count == 2)
    #expect(clocks.first == 0)
    #expect(tree.node(phandle: clocks[1])?.path == "/clock-controller-5")
  }

  @Test("to a fixed factor of a clock lead to a copy that divides the fixed clock")
  func factors() throws {
    let (tree, _) = try ProviderBoard.slice(
      ["serial3"], treatments: [Self.controller: .stub(rates: [5: 5, 6: 6, 7: 70_000_000])])
    #expect(try leads(tree, "serial3", "clocks").last == "/half")
    let half = try #require(tree.node(at: "/half"))
    #expect(tree.references(of: half).entries.map(\.target) == ["/clock-controller-7"])
    #expect(half.property("clock-div")?.cell == 2)
  }

  @Test("stay with their numbers where the domain drives the provider, whose own clocks are cut to size")
  func driven() throws {
    let (tree, _) = try ProviderBoard.slice(["serial1", Self.controller], treatments: [Self.controller: .driven])
    let path = "/dma-bus/clock-controller@50000000"
    #expect(try leads(tree, "serial1", "clocks") == ["\(path) 5", "/oscillator", "\(path) 6"])
    #expect(try leads(tree, "serial1", "assigned-clocks") == ["\(path) 5", "/oscillator"])
    #expect(try property(tree, "serial1", "assigned-clock-rates")?.cells == [100, 200])
    let controller = try #require(tree.node(at: path))
    #expect(tree.references(of: controller).entries.map(\.target) == ["/oscillator"])
  }

  @Test("that set clocks go with their parents and rates, as nobody may set a fixed clock")
  func assigned() throws {
    let (tree, _) = try ProviderBoard.slice(["serial1"], treatments: [Self.controller: .stub(rates: [5: 5, 6: 6])])
    #expect(try leads(tree, "serial1", "assigned-clocks") == ["/oscillator"])
    #expect(try leads(tree, "serial1", "assigned-clock-parents") == ["/oscillator"])
    #expect(try property(tree, "serial1", "assigned-clock-rates")?.cells == [200])
  }

  @Test("to resets, power, pins, interconnects and lines are left out with a note that names them")
  func leftOut() throws {
    let (tree, written) = try ProviderBoard.slice(["serial1"])
    for name in [
      "resets", "reset-names", "power-domains", "pinctrl-0", "pinctrl-names", "interconnects", "interconnect-names",
      "rts-gpios",
    ] {
      #expect(try property(tree, "serial1", name) == nil, "\(name)")
    }
    let note = try #require(written.findings.first { $0.rule.rawValue == "BH-GST-102" })
    for word in ["resets (core)", "power-domains", "pinctrl-0", "interconnects", "rts-gpios", "/soc/gpio@3000"] {
      #expect(note.message.contains(word), "\(word)")
    }
  }

  @Test("to a supply that is always on become a fixed one of its voltage, others are left out")
  func supplies() throws {
    let (tree, _) = try ProviderBoard.slice(["ethernet0"])
    let constant = try #require(tree.node(at: try leads(tree, "ethernet0", "vcc-supply").first ?? ""))
    #expect(constant.compatible == ["regulator-fixed"])
    #expect(constant.has("regulator-always-on"))
    #expect(constant.property("regulator-min-microvolt")?.cell == 3_300_000)
    let variable = try #require(tree.node(at: try leads(tree, "ethernet0", "vio-supply").first ?? ""))
    #expect(!variable.has("regulator-min-microvolt"))
    #expect(variable.property("regulator-name")?.string == "io")
    #expect(try property(tree, "ethernet0", "vsd-supply") == nil)
  }

  @Test("to a switched supply stay where the domain drives the line that switches it")
  func switchedSupply() throws {
    let (tree, _) = try ProviderBoard.slice(["ethernet0", "/soc/gpio@3000"])
    let supply = try #require(tree.node(at: try leads(tree, "ethernet0", "vsd-supply").first ?? ""))
    #expect(tree.references(of: supply).entries.map(\.target) == ["/bus/gpio@50003000"])
  }

  @Test("to firmware stay, with the firmware's nodes and none of those that nobody needs")
  func firmware() throws {
    let (tree, _) = try ProviderBoard.slice(
      ["/soc/serial@30000"], treatments: ["/firmware/zynqmp-firmware": .firmware])
    let serial = try #require(tree.node(at: "/bus/serial@50030000"))
    let base = "/firmware/zynqmp-firmware"
    #expect(
      tree.references(of: serial).entries.map { "\($0.target) \($0.specifier)" } == [
        "\(base)/clock-controller [56]", "\(base)/clock-controller [31]", "\(base) [33]",
        "\(base)/reset-controller [9]",
        "\(base)/pinctrl/uart0-default []",
      ])
    #expect(tree.node(at: base)?.property("method")?.string == "smc")
    #expect(tree.node(at: base + "/pinctrl/uart0-default/mux")?.property("function")?.string == "uart0")
    #expect(tree.node(at: base + "/pinctrl/uart1-default") == nil)
    #expect(tree.node(at: base + "/pcap") == nil)
    let clocks = try #require(tree.node(at: base + "/clock-controller"))
    #expect(tree.references(of: clocks).entries.map(\.target) == ["/oscillator"])
  }

  @Test("that Bulkhead does not know are copied as they are, and named where they may lead nowhere")
  func suspects() throws {
    let (tree, written) = try ProviderBoard.slice(["serial3"])
    let buddy = try #require(try property(tree, "serial3", "vendor,buddy")?.cell)
    #expect(tree.node(phandle: buddy) == nil)
    let friend = try #require(try property(tree, "serial3", "vendor,friend")?.cell)
    #expect(tree.node(phandle: friend)?.path == "/bus/serial@50011000")
    let finding = try #require(written.findings.first { $0.rule.rawValue == "BH-GST-105" })
    #expect(finding.message.contains("vendor,buddy"))
    #expect(!finding.message.contains("vendor,friend"))
    #expect(finding.subjects.contains("/soc/reset-controller@1000"))
  }

  @Test("of a provider that a domain drives for another are not to be switched off as unused, and the help says how")
  func idleSwitching() throws {
    func findings(_ line: String) throws -> [Finding] {
      let fixture = try ProviderBoard.plan(
        """
        manifest: 1
        name: shared
        board: generic
        device-tree: board.dtb
        domains:
          one: { cpus: [0], memory: 16 MiB, kernel: a.bin, devices: [ serial1 ], cmdline: "\(line)" }
          two: { cpus: [1], memory: 16 MiB, kernel: a.bin, devices: [ serial3 ] }
        providers:
          /soc/clock-controller@0: { policy: owned-by one, rates: { 5: 5, 6: 6, 7: 7 }, reason: a test }
        """)
      return try fixture.plan.domains.flatMap { domain in
        try DomainTreeWriter.write(for: domain, in: fixture.plan).findings
      }.filter { $0.rule.rawValue == "BH-GST-106" }
    }
    let found = try findings("quiet")
    #expect(found.map(\.domains) == [["one", "two"]])
    #expect(found.first?.severity == .warning)
    #expect(found.first?.message.contains(Self.controller) == true)
    #expect(found.first?.help?.contains("clk_ignore_unused") == true)
    #expect(try findings("quiet clk_ignore_unused").isEmpty)
  }
}
