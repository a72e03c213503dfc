import DeviceTree
import Testing

@Suite("Addresses through ranges")
struct TranslationTests {
  /// The (CPU address, size) pairs of a node, `nil` for an entry without an address.
  private func windows(_ body: String, _ path: String) throws -> ([UInt64?], [String]) {
    let tree = try tree(body)
    let registers = tree.registers(of: try #require(tree.node(at: path)))
    return (registers.entries.map(\.address), registers.faults.map(\.message))
  }

  @Test("A child of the root is where it says")
  func root() throws {
    let body = "#address-cells = <2>; #size-cells = <2>; a@1 { reg = <0x1 0x2 0x0 0x1000 0x0 0x8000 0x0 0x10>; };"
    let result = try windows(body, "/a@1")
    #expect(result.0 == [0x1_0000_0002, 0x8000])
    #expect(result.1.isEmpty)
  }

  @Test("Without cell counts the specification's defaults hold: two for an address, one for a size")
  func defaults() throws {
    let result = try windows("a { reg = <0x1 0x2 0x10>; };", "/a")
    #expect(result.0 == [0x1_0000_0002])
  }

  @Test("Cell counts are not inherited")
  func notInherited() throws {
    let body = "#address-cells = <1>; #size-cells = <1>; b { ranges; a { reg = <0x0 0x2000 0x10>; }; };"
    #expect(try windows(body, "/b/a").0 == [0x2000])
  }

  @Test("Empty, identity and shifting ranges, several levels deep")
  func levels() throws {
    let body = """
      #address-cells = <2>; #size-cells = <2>;
      soc { #address-cells = <1>; #size-cells = <1>; ranges = <0x0 0x40 0x0 0x10000000>;
        bus { #address-cells = <1>; #size-cells = <1>; ranges;
          far { #address-cells = <2>; #size-cells = <1>; ranges = <0x3 0x0 0x2000000 0x100000>;
            dev { reg = <0x3 0x40 0x20>; }; }; }; };
      """
    #expect(try windows(body, "/soc/bus/far/dev").0 == [0x40_0200_0040])
  }

  @Test("The right one of several ranges is used, and addresses up to 2^47 come through")
  func several() throws {
    let body = """
      #address-cells = <2>; #size-cells = <2>;
      bus { #address-cells = <1>; #size-cells = <1>;
        ranges = <0x0 0x0 0x80000000 0x1000>, <0x1000 0x7fff 0xfffff000 0x1000>, <0x8000 0x1 0x0 0x100>;
        dev { reg = <0x10 0x4>, <0x1ff0 0x10>, <0x8000 0x100>; }; };
      """
    #expect(try windows(body, "/bus/dev").0 == [0x8000_0010, 0x7fff_ffff_fff0, 0x1_0000_0000])
  }

  @Test("Buses without ranges or without sizes have no CPU addresses, and that is no fault")
  func notMapped() throws {
    let body = """
      #address-cells = <1>; #size-cells = <1>;
      i2c@0 { reg = <0 0x10>; #address-cells = <1>; #size-cells = <0>; chip@50 { reg = <0x50>; }; };
      local { #address-cells = <1>; #size-cells = <1>; part { reg = <0x0 0x10>; }; };
      """
    #expect(try windows(body, "/i2c@0/chip@50") == ([nil], []))
    #expect(try windows(body, "/local/part") == ([nil], []))
  }

  @Test("An entry outside every range is a fault that names the bus")
  func outside() throws {
    let body = """
      #address-cells = <1>; #size-cells = <1>;
      bus@f4000 { #address-cells = <1>; #size-cells = <1>; ranges = <0x0 0x0 0x1000>; dev { reg = <0x2000 0x10>; }; };
      """
    let result = try windows(body, "/bus@f4000/dev")
    #expect(result.0 == [nil])
    #expect(result.1 == ["entry 0 (0x2000) lies in no range of /bus@f4000"])
  }

  @Test("An entry that runs past its range keeps its address and is a fault, unless the next range carries on")
  func overrun() throws {
    let body = """
      #address-cells = <1>; #size-cells = <1>;
      bus { #address-cells = <1>; #size-cells = <1>;
        ranges = <0x0 0x10000 0x1000>, <0x1000 0x11000 0x1000>, <0x2000 0x80000 0x1000>;
        joined { reg = <0x800 0x1000>; };
        torn { reg = <0x1800 0x1000>; }; };
      """
    #expect(try windows(body, "/bus/joined") == ([0x10800], []))
    let torn = try windows(body, "/bus/torn")
    #expect(torn.0 == [0x11800])
    #expect(torn.1 == ["entry 0 (0x1800, 0x1000 bytes) runs past its range of /bus"])
  }

  @Test("Sums beyond 64 bits are faults")
  func overflow() throws {
    let body = """
      #address-cells = <2>; #size-cells = <2>;
      end { reg = <0xffffffff 0xfffff000 0x0 0x1000>; };
      past { reg = <0xffffffff 0xfffff000 0x0 0x1001>; };
      wide { #address-cells = <3>; #size-cells = <2>; ranges; dev { reg = <0x1 0x0 0x0 0x0 0x10>; }; };
      """
    #expect(try windows(body, "/end") == ([0xffff_ffff_ffff_f000], []))
    #expect(try windows(body, "/past").1.count == 1)
    #expect(try windows(body, "/wide/dev").1.count == 1)
  }

  @Test("PCI: spaces are kept apart, configuration space has no address, and a bridge passes addresses on")
  func pci() throws {
    let body = """
      #address-cells = <2>; #size-cells = <2>;
      pcie@0 { device_type = "pci"; #address-cells = <3>; #size-cells = <2>;
        ranges = <0x1000000 0x0 0x0 0x0 0x3eff0000 0x0 0x10000>, <0x2000000 0x0 0x10000000 0x50 0x0 0x0 0x1000000>;
        bridge@0,0 { device_type = "pci"; reg = <0x0 0x0 0x0 0x0 0x0>; #address-cells = <3>; #size-cells = <2>; ranges;
          dev@0,0 { reg = <0x0 0x0 0x0 0x0 0x0>, <0x3000010 0x0 0x10000100 0x0 0x100>, <0x1000014 0x0 0x20 0x0 0x10>; };
        }; };
      """
    let result = try windows(body, "/pcie@0/bridge@0,0/dev@0,0")
    #expect(result.0 == [nil, 0x50_0000_0100, 0x3eff_0020])
    #expect(result.1.isEmpty)
    let tree = try tree(body)
    let host = try #require(tree.node(at: "/pcie@0"))
    #expect(tree.pciWindows(of: host).entries.map(\.address) == [0x3eff_0000, 0x50_0000_0000])
    let bridge = try #require(tree.node(at: "/pcie@0/bridge@0,0"))
    #expect(tree.pciWindows(of: bridge).entries.isEmpty)
  }

  @Test(
    "Ranges, reg and cell counts of the wrong shape are faults",
    arguments: [
      "#address-cells = <1>; #size-cells = <1>; a { reg = <0x0 0x1 0x2>; };",
      "#address-cells = <1>; #size-cells = <1>; a { reg = [00 01 02]; };",
      "#address-cells = <9>; #size-cells = <1>; a { reg = <0x0 0x1>; };",
      "#address-cells = <1>; #size-cells = \"one\"; a { reg = <0x0 0x1>; };",
      "#address-cells = <0>; #size-cells = <0>; a { reg = <0x0>; };",
      "b { #address-cells = <1>; #size-cells = <1>; ranges = <0x0 0x0>; a { reg = <0x0 0x1>; }; };",
      "reg = <0x0 0x1>; a { };",
    ])
  func malformed(body: String) throws {
    let tree = try tree(body)
    let faults = tree.nodes.flatMap { tree.registers(of: $0).faults }
    #expect(faults.count == 1)
    #expect(faults.allSatisfy { !$0.message.isEmpty })
  }
}
