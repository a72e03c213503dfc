import DeviceTree
import Testing

@Suite("Interrupts to the GIC")
struct InterruptTests {
  /// A tree with a GICv3 of three cells at `&gic` and `body` beside it.
  private func board(_ body: String) throws -> DeviceTree {
    try tree(
      """
      #address-cells = <1>; #size-cells = <1>; interrupt-parent = <&gic>;
      gic: gic@1000 { compatible = "arm,gic-v3"; reg = <0x1000 0x100>; interrupt-controller; #interrupt-cells = <3>;
        #address-cells = <2>; };
      \(body)
      """)
  }

  private func interrupts(_ body: String, of path: String = "/dev") throws -> Interrupts {
    let tree = try board(body)
    return tree.interrupts(of: try #require(tree.node(at: path)))
  }

  @Test("Shared, private and extended interrupts by their INTIDs")
  func direct() throws {
    let found = try interrupts("dev { interrupts = <0 5 4>, <1 11 4>, <0 6 1>, <2 3 4>, <3 2 4>; };")
    #expect(found.resolved.map(\.intid) == [37, 27, 38, 4099, 1058])
    #expect(found.resolved.map(\.kind) == [.shared, .private, .shared, .shared, .private])
    #expect(found.resolved.map(\.isEdge) == [false, false, true, false, false])
    #expect(found.resolved.allSatisfy { $0.via.isEmpty })
  }

  @Test("Four cells, as GICs with PPI partitions have them")
  func fourCells() throws {
    let tree = try tree(
      """
      interrupt-parent = <&gic>;
      gic: gic { compatible = "arm,gic-v3"; interrupt-controller; #interrupt-cells = <4>; };
      dev { interrupts = <0 5 4 0>, <1 7 4 &part>; };
      part: part { };
      """)
    let node = try #require(tree.node(at: "/dev"))
    #expect(tree.interrupts(of: node).resolved.map(\.intid) == [37, 23])
  }

  @Test(
    "Malformed specifiers are faults with their entry",
    arguments: [
      ("<47 5 4>", "entry 0 has type 47, which is neither 0 (SPI) nor 1 (PPI)"),
      ("<1 16 4>", "entry 0 names private interrupt 16; the last one there is 15"),
      ("<0 988 4>", "entry 0 names shared interrupt 988; the last one there is 987"),
      ("<0 5 4 0>", "has 4 cells, which is no multiple of the 3 that /gic@1000 wants"),
    ])
  func malformed(specifier: String, message: String) throws {
    #expect(try interrupts("dev { interrupts = \(specifier); };").faults.map(\.message) == [message])
  }

  @Test("interrupts-extended goes before interrupts, and leaves out holes")
  func extended() throws {
    let found = try interrupts("dev { interrupts = <0 1 4>; interrupts-extended = <&gic 0 2 4>, <0>, <&gic 0 3 4>; };")
    #expect(found.resolved.map(\.intid) == [34, 35])
  }

  @Test("A map with masks and the parent's unit address is followed")
  func nexus() throws {
    let body = """
      pcie { device_type = "pci"; #address-cells = <3>; #size-cells = <2>; #interrupt-cells = <1>;
        interrupt-map-mask = <0x1800 0 0 7>;
        interrupt-map = <0x0 0 0 1 &gic 0 0 0 3 4>, <0x0 0 0 2 &gic 0 0 0 4 4>, <0x800 0 0 1 &gic 0 0 0 9 4>;
        a@0,0 { interrupt-parent = <&{/pcie}>; reg = <0x0 0 0 0 0>; interrupts = <2>; };
        b@1,0 { interrupt-parent = <&{/pcie}>; reg = <0xf0800 0 0 0 0>; interrupts = <1>; };
        c@3,0 { interrupt-parent = <&{/pcie}>; reg = <0x1800 0 0 0 0>; interrupts = <1>; };
      };
      """
    #expect(try interrupts(body, of: "/pcie/a@0,0").resolved.map(\.intid) == [36])
    let second = try interrupts(body, of: "/pcie/b@1,0")
    #expect(second.resolved.map(\.intid) == [41])
    #expect(second.resolved.map(\.via) == [["/pcie"]])
    let third = try interrupts(body, of: "/pcie/c@3,0")
    #expect(third.resolved.isEmpty)
    #expect(third.faults.map(\.message) == ["entry 0 is in no row of the interrupt-map of /pcie"])
  }

  @Test("A map that leaves out the parent's unit address is a fault for its node and for who uses it")
  func tornNexus() throws {
    let body = """
      bus { #address-cells = <1>; #size-cells = <0>; #interrupt-cells = <1>;
        interrupt-map = <0 1 &gic 0 3 4>; dev { reg = <0>; interrupt-parent = <&{/bus}>; interrupts = <1>; }; };
      """
    #expect(try interrupts(body, of: "/bus").faults.map(\.property) == ["interrupt-map"])
    #expect(try interrupts(body, of: "/bus/dev").faults.count == 1)
  }

  @Test("Freescale's external interrupts are read as their binding says, and noted")
  func shortMap() throws {
    let body = """
      ext: ext { compatible = "fsl,lx2160a-extirq", "fsl,ls1088a-extirq"; interrupt-controller; #interrupt-cells = <2>;
        #address-cells = <0>; interrupt-map = <0 0 &gic 0 0 4>, <1 0 &gic 0 1 4>; };
      dev { interrupt-parent = <&ext>; interrupts = <1 1>; };
      """
    let found = try interrupts(body)
    #expect(found.resolved.map(\.intid) == [33])
    #expect(found.resolved.map(\.isEdge) == [true])
    #expect(found.faults.isEmpty)
    #expect(try interrupts(body, of: "/ext").faults.count == 1)
  }

  @Test("A cascaded controller with one output passes its lines to it")
  func cascade() throws {
    let body = """
      gpio: gpio { interrupts = <0 7 4>; interrupt-controller; #interrupt-cells = <2>; };
      dev { interrupt-parent = <&gpio>; interrupts = <3 1>; };
      """
    let found = try interrupts(body)
    #expect(found.resolved.map(\.intid) == [39])
    #expect(found.resolved.map(\.via) == [["/gpio"]])
    #expect(found.resolved.map(\.isEdge) == [false])
  }

  @Test("Of an unknown controller with two outputs nothing is guessed; a known one says which")
  func outputs() throws {
    let unknown = """
      gpio: gpio { interrupts = <0 7 4>, <0 8 4>; interrupt-controller; #interrupt-cells = <2>; };
      dev { interrupt-parent = <&gpio>; interrupts = <20 1>; };
      """
    let found = try interrupts(unknown)
    #expect(found.resolved.isEmpty)
    #expect(found.faults.isEmpty)
    #expect(found.entries.count == 1)
    let known = unknown.replacing("gpio: gpio {", with: "gpio: gpio { compatible = \"fsl,imx35-gpio\";")
    #expect(try interrupts(known).resolved.map(\.intid) == [40])
  }

  @Test("Wrappers that keep the number, and Qualcomm's pin ranges")
  func wrappers() throws {
    let body = """
      gpc: gpc { compatible = "fsl,imx8mq-gpc"; interrupt-controller; #interrupt-cells = <3>; };
      pdc: pdc { compatible = "qcom,pdc"; interrupt-controller; #interrupt-cells = <2>;
        qcom,pdc-ranges = <0 480 94>, <94 609 31>; };
      dev { interrupts-extended = <&gpc 0 9 4>, <&pdc 95 1>, <&pdc 200 1>; };
      """
    let found = try interrupts(body)
    #expect(found.resolved.map(\.intid) == [41, 642])
    #expect(found.resolved.map(\.via) == [["/gpc"], ["/pdc"]])
    #expect(found.faults.map(\.message) == ["entry 2 is pin 200, which is in no entry of qcom,pdc-ranges of /pdc"])
  }

  @Test(
    "Circles and controllers that wait for each other are faults",
    arguments: [
      """
      a: a { interrupt-parent = <&b>; interrupts = <0>; interrupt-controller; #interrupt-cells = <1>; };
      b: b { interrupt-parent = <&a>; interrupts = <0>; interrupt-controller; #interrupt-cells = <1>; };
      dev { interrupt-parent = <&a>; interrupts = <0>; };
      """,
      """
      a: a { interrupt-parent = <&a>; interrupts = <0>; interrupt-controller; #interrupt-cells = <1>; };
      dev { interrupt-parent = <&a>; interrupts = <0>; };
      """,
      """
      a: a { interrupt-parent = <&b>; compatible = "fsl,imx8mq-gpc"; interrupt-controller; #interrupt-cells = <3>; };
      b: b { interrupt-parent = <&a>; compatible = "fsl,imx8mq-gpc"; interrupt-controller; #interrupt-cells = <3>; };
      dev { interrupt-parent = <&a>; interrupts = <0 1 4>; };
      """,
      """
      a: a { interrupt-parent = <&b>; }; b: b { interrupt-parent = <&a>; };
      dev { interrupt-parent = <&a>; interrupts = <0 1 4>; };
      """,
    ])
  func circles(body: String) throws {
    let found = try interrupts(body)
    #expect(found.resolved.isEmpty)
    #expect(found.faults.count == 1)
  }
}
