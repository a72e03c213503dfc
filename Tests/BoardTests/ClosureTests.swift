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
