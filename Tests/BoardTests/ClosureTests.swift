import Board
import DeviceTree
import Testing
import TestSupport

@Suite("What a device needs, and what it claims for itself")
struct ClosureTests {
  static func board(_ file: String) throws -> Board {
    let tree = try DeviceTree(blob: try Corpus.blob(file))
    return Board.read(name: "generic", tree: tree, treeFile: file, description: .generic)
  }

  static func board(root body: String) throws -> Board {
    let tree = try DeviceTree(blob: try CompiledTree.bytes(ofRoot: body))
    return Board.read(name: "generic", tree: tree, treeFile: "test.dtb", description: .generic)
  }

  private func edges(_ file: String, _ path: String) throws -> [String] {
    DependencyClosure(try Self.board(file), of: path).edges.map { edge in
      "\(edge.property) \(edge.to) \(edge.specifier) \(edge.kind.rawValue) \(edge.role.rawValue)"
    }
  }

  @Test("Every edge is there, with property, specifier and role, not only the first that reaches a node")
  func everyEdge() throws {
    let firmware = "/firmware/zynqmp-firmware"
    #expect(
      try edges("xilinx/zynqmp-zcu102-rev1.1.dtb", "/axi/serial@ff000000") == [
        "power-domains \(firmware) [33] power-domain firmware",
        "clocks \(firmware)/clock-controller [56] clock firmware", "parent \(firmware) [] bus firmware",
        "clocks \(firmware)/clock-controller [31] clock firmware",
        "pinctrl-0 \(firmware)/pinctrl/uart0-default [] pin-state copied",
        "parent \(firmware)/pinctrl [] bus firmware", "parent \(firmware) [] bus firmware",
        "interrupts /axi/interrupt-controller@f9010000 [0, 21, 4] interrupt hypervisor",
      ])
  }

  @Test("A wrapper's stream, clocks and registers are needed by what stands in it")
  func inherited() throws {
    let found = try edges("qcom/sdm845-db845c.dtb", "/soc@0/geniqup@ac0000/i2c@a88000")
    #expect(found.contains("iommus /soc@0/iommu@15000000 [1731, 0] iommu hypervisor"))
    #expect(found.contains("parent /soc@0/geniqup@ac0000 [] bus provider"))
    let wrapper = "/soc@0/geniqup@ac0000"
    let needs = DependencyClosure(try Self.board("qcom/sdm845-db845c.dtb"), of: wrapper + "/i2c@a88000").edges
    #expect(needs.contains { $0.from == wrapper && $0.property == "clocks" })
  }

  @Test("A bus hands on its clocks and power, not what identifies the chip")
  func busInheritance() throws {
    let board = try Self.board(
      root: """
        #address-cells = <1>; #size-cells = <1>;
        clock: clock@1000 { compatible = "v,clk"; reg = <0x1000 0x1000>; #clock-cells = <1>; };
        fuse@2000 { compatible = "v,fuse"; reg = <0x2000 0x1000>; id: id@4 { reg = <4 4>; }; };
        bus { compatible = "simple-bus"; #address-cells = <1>; #size-cells = <1>; ranges;
          clocks = <&clock 7>; nvmem-cells = <&id>;
          uart@3000 { compatible = "v,uart"; reg = <0x3000 0x1000>; };
        };
        """)
    let edges = DependencyClosure(board, of: "/bus/uart@3000").edges
    #expect(edges.map(\.to) == ["/clock@1000"])
    #expect(edges.map(\.from) == ["/bus"])
    #expect(edges.map(\.specifier) == [[7]])
  }

  @Test("Closures end where a policy answers, and where references lead in circles")
  func stops() throws {
    let board = try Self.board(
      root: """
        #address-cells = <1>; #size-cells = <1>;
        a: a@1000 { compatible = "v,a"; reg = <0x1000 0x1000>; #clock-cells = <0>; clocks = <&b>; };
        b: b@2000 { compatible = "v,b"; reg = <0x2000 0x1000>; #clock-cells = <0>; clocks = <&a>; };
        uart@3000 { compatible = "v,uart"; reg = <0x3000 0x1000>; clocks = <&a>; };
        """)
    #expect(DependencyClosure(board, of: "/uart@3000").edges.map(\.to) == ["/a@1000", "/b@2000", "/a@1000"])
    #expect(DependencyClosure(board, of: "/uart@3000").needs.map(\.to) == ["/a@1000", "/b@2000"])
    let settled = DependencyClosure(board, of: "/uart@3000") { $0 == "/a@1000" }
    #expect(settled.edges.map(\.to) == ["/a@1000"])
    #expect(DependencyClosure(board, of: "/nothing").edges.isEmpty)
  }

  @Test(
    "Flags, priorities and protocols are no part of what is claimed",
    arguments: [
      (
        "freescale/imx8mp-evk.dtb", "/soc@0/bus@30800000/ethernet@30be0000",
        ["phy whole", "gpio-line 2"]
      ),
      (
        "ti/k3-j721e-common-proc-board.dtb", "/bus@100000/pcie@2900000",
        ["power-domain 239", "gpio-line 6", "phy whole"]
      ),
      ("xilinx/zynqmp-zcu102-rev1.1.dtb", "/axi/ahci@fd0c0000", ["phy 3", "power-domain 28", "reset-line 16"]),
      (
        "allwinner/sun50i-a64-pine64-plus.dtb", "/soc/mmc@1c0f000",
        ["reset-line 8", "gpio-line 5.6"]
      ),
    ])
  func claims(file: String, path: String, expected: [String]) throws {
    let claims = try Self.board(file).exclusiveClaims(of: path).map {
      "\($0.kind.rawValue) \($0.line.number ?? "whole")"
    }
    #expect(Set(claims) == Set(expected), "\(claims)")
  }
}

@Suite("The closure of one node, as `devices` prints it")
struct OutlineTests {
  private func text(_ file: String, _ path: String) throws -> String {
    try #require(DeviceListing(try ClosureTests.board(file)).detail(of: path)).text
  }

  @Test("Every edge gives its reason, and what was explained once is referred to")
  func ethernet() throws {
    let text = try text("freescale/imx8mp-evk.dtb", "/soc@0/bus@30800000/ethernet@30be0000")
    let clocks = "/soc@0/bus@30000000/clock-controller@30380000"
    #expect(text.contains("\n  clocks: \(clocks) <192> <242> <132> <131> <133>  [clock; needs a policy]\n"))
    #expect(text.contains("\n    clocks: /clock-osc-24m  [clock; copied]\n"))
    #expect(
      text.contains("\n  assigned-clocks: \(clocks) <94> <132> <131> <133>  [clock; needs a policy]  (see above)\n"))
    #expect(text.contains("[gpio; needs a policy, its GPIO line exclusive]"))
    #expect(text.contains("[interrupt; hypervisor]"))
  }

  @Test("The end says which devices are bound, by what, and which line of a manifest would free them")
  func consequences() throws {
    let ethernet = try text("freescale/imx8mp-evk.dtb", "/soc@0/bus@30800000/ethernet@30be0000")
    #expect(ethernet.contains("other devices can go to another domain only with a policy for:"))
    #expect(
      ethernet.contains("    /soc@0/bus@30000000/clock-controller@30380000: { policy: boot-configured, reason: \"…\" }")
    )
    #expect(try text("xilinx/zynqmp-zcu102-rev1.1.dtb", "/axi/serial@ff000000").contains("{ policy: firmware,"))
    let uart = try text("freescale/fsl-ls1028a-rdb.dtb", "/soc/serial@21c0500")
    #expect(
      uart.contains(
        "no other domain can be given:\n  /soc/serial@21c0600  (the same page 0x21c0000, the same interrupt 64 (SPI 32))"
      ))
  }

  @Test("What stands behind a provider that has a policy needs none of its own")
  func direct() throws {
    let text = try text("broadcom/bcm2711-rpi-4-b.dtb", "/soc/serial@7e201000")
    #expect(text.contains("    /soc/cprman@7e101000: { policy: boot-configured,"))
    #expect(!text.contains("    /soc/dsi@7e209000: {"))
    #expect(text.contains("which settles what they need in turn: /soc/dsi@7e209000"))
  }

  @Test("What a chain of thousands of references needs is shown without running out of stack")
  func chain() throws {
    let count = 3000
    let nodes = (0..<count).map { number in
      "n\(number): n@\(String(0x1000 * (number + 1), radix: 16)) { compatible = \"v,n\"; #clock-cells = <0>; "
        + "reg = <0x\(String(0x1000 * (number + 1), radix: 16)) 0x1000>; "
        + (number + 1 < count ? "clocks = <&n\(number + 1)>; };" : "};")
    }
    let board = try ClosureTests.board(root: "#address-cells = <1>; #size-cells = <1>;" + nodes.joined(separator: "\n"))
    let detail = try #require(DeviceListing(board).detail(of: "/n@1000"))
    #expect(detail.closure.edges.count == count - 1)
    #expect(detail.text.contains("clocks: /n@\(String(0x1000 * count, radix: 16))"))
  }
}

@Suite("Devices that no policy separates")
struct ExclusiveConflictTests {
  private func conflicts(_ body: String, _ first: String, _ second: String) throws -> [String] {
    let board = try ClosureTests.board(root: "#address-cells = <1>; #size-cells = <1>;" + body)
    return DeviceListing(board).conflicts.of(first).filter { $0.first == second || $0.second == second }
      .map(\.resource.description)
  }

  @Test("The same DMA channel, GPIO line and mailbox channel bind two devices, other numbers do not")
  func lines() throws {
    let found = try conflicts(
      """
      c: c@1000 { compatible = "v,c"; reg = <0x1000 0x1000>; #dma-cells = <1>; #mbox-cells = <1>; #gpio-cells = <2>;
        gpio-controller; };
      a@2000 { reg = <0x2000 0x1000>; dmas = <&c 3>; mboxes = <&c 4>; reset-gpios = <&c 5 0>; cs-gpios = <&c 6 0>; };
      b@3000 { reg = <0x3000 0x1000>; dmas = <&c 3>; mboxes = <&c 4>; reset-gpios = <&c 5 1>; cs-gpios = <&c 7 0>; };
      """, "/a@2000", "/b@3000")
    #expect(found == ["DMA channel 3 of /c@1000", "GPIO line 5 of /c@1000", "mailbox channel 4 of /c@1000"])
  }

  @Test("A PHY on another device's MDIO bus binds its user to that device; so does a private IOMMU")
  func seats() throws {
    let tree = """
      m@1000 { compatible = "v,m"; reg = <0x1000 0x1000>; phy-handle = <&p0>;
        mdio { #address-cells = <1>; #size-cells = <0>; p0: phy@0 { reg = <0>; }; p1: phy@1 { reg = <1>; }; }; };
      n@2000 { compatible = "v,m"; reg = <0x2000 0x1000>; phy-handle = <&p1>; iommus = <&i>; };
      i: i@3000 { compatible = "v,i"; reg = <0x3000 0x1000>; #iommu-cells = <0>; };
      """
    #expect(try conflicts(tree, "/m@1000", "/n@2000") == ["PHY /m@1000/mdio/phy@1"])
    #expect(try conflicts(tree, "/n@2000", "/i@3000") == ["IOMMU /i@3000"])
    #expect(try conflicts(tree, "/m@1000", "/i@3000") == [])
  }

  @Test("A line that another controller gathers binds a device to that controller")
  func cascade() throws {
    let board = try ClosureTests.board("xilinx/avnet-ultra96-rev1.dtb")
    let pmic = try #require(board.devices.first { $0.path.hasSuffix("/pmic@5e") })
    let found = DeviceListing(board).conflicts.of(pmic.path)
    #expect(found.contains { $0.first == "/axi/gpio@ff0a0000" || $0.second == "/axi/gpio@ff0a0000" })
  }
}
