import DeviceTree
import Testing

@Suite("Finding nodes and reading properties")
struct LookupTests {
  @Test("Paths, labels, aliases and phandles lead to nodes")
  func lookups() throws {
    let tree = try tree(
      """
      aliases { serial0 = "/soc/uart@9000"; };
      soc { #address-cells = <1>; #size-cells = <1>; main: uart@9000 { clocks = <&clk>; port { }; }; };
      clk: clk { #clock-cells = <0>; };
      """, symbols: true)
    let uart = try #require(tree.node(at: "/soc/uart@9000"))
    #expect(tree.resolve("main")?.path == uart.path)
    #expect(tree.resolve("serial0")?.path == uart.path)
    #expect(tree.resolve("serial0/port")?.path == "/soc/uart@9000/port")
    #expect(tree.resolve("serial1") == nil)
    #expect(tree.resolve("") == nil)
    #expect(tree.node(at: "/soc/uart") == nil)
    #expect(tree.parent(of: uart)?.path == "/soc")
    #expect(tree.subtree(of: uart).map(\.path) == ["/soc/uart@9000", "/soc/uart@9000/port"])
    #expect(tree.references(of: uart).entries.map(\.target) == ["/clk"])
  }

  @Test("A node is enabled only if every node above it is")
  func enabled() throws {
    let tree = try tree(
      """
      a { status = "disabled"; b { status = "okay"; }; };
      c { status = "ok"; d { }; e { status = "fail"; }; f { status = <1>; }; };
      """)
    let enabled = tree.nodes.filter { tree.isEnabled($0) }.map(\.path)
    #expect(enabled == ["/", "/c", "/c/d"])
  }

  @Test("Values are read in their types, and only in those")
  func values() throws {
    let tree = try tree(
      """
      one = <0x12345678>; two = /bits/ 64 <0x1234567890abcdef>; text = "okay"; list = "a", "b"; empty; raw = [01 02 03];
      unended = [61 62];
      """)
    let root = tree.root
    #expect(root.property("one")?.cell == 0x1234_5678)
    #expect(root.property("one")?.number == 0x1234_5678)
    #expect(root.property("two")?.number == 0x1234_5678_90ab_cdef)
    #expect(root.property("two")?.cell == nil)
    #expect(root.property("two")?.cells == [0x1234_5678, 0x90ab_cdef])
    #expect(root.property("text")?.string == "okay")
    #expect(root.property("list")?.strings == ["a", "b"])
    #expect(root.property("list")?.string == nil)
    #expect(root.property("empty")?.bytes == [])
    #expect(root.property("empty")?.strings == nil)
    #expect(root.property("raw")?.cells == nil)
    #expect(root.property("unended")?.string == nil)
  }

  @Test("Two nodes of one path and two of one phandle are faults, and the first of each is found")
  func duplicates() throws {
    let source = try compile("a@1 { phandle = <7>; one; }; a@2 { phandle = <7>; }; b { phandle = <0>; };")
    // dtc refuses two siblings of one name: rename the second in the bytes.
    let at = try #require((0..<source.count - 4).first { Array(source[$0..<$0 + 4]) == Array("a@2\0".utf8) })
    var bytes = source
    bytes[at + 2] = UInt8(ascii: "1")
    let tree = try DeviceTree(blob: bytes)
    #expect(tree.faults.map(\.property) == ["name", "phandle", "phandle"])
    #expect(tree.node(at: "/a@1")?.has("one") == true)
    #expect(tree.node(phandle: 7)?.has("one") == true)
  }

  @Test("References with a phandle of no node, or whose target does not count its cells, are faults")
  func references() throws {
    let tree = try tree(
      """
      a { clocks = <0x99 1>; resets = <&b 1>; gpios = <&c 1 2>, <0>, <&c 3 4>; pinctrl-0 = <&b>; };
      b: b { }; c: c { #gpio-cells = <2>; }; d { foo,thing = <&b>; reg-shift = <2>; };
      hog { gpio-hog; gpios = <1 0>; };
      """)
    let found = tree.references(of: try #require(tree.node(at: "/a")))
    #expect(found.faults.map(\.property) == ["clocks", "resets"])
    #expect(found.entries.map(\.kind) == [.gpio, .gpio, .pinState])
    #expect(found.entries.map(\.index) == [0, 2, 0])
    #expect(found.entries.map(\.specifier) == [[1, 2], [3, 4], []])
    #expect(tree.references(of: try #require(tree.node(at: "/d"))).suspects == ["foo,thing"])
    #expect(tree.references(of: try #require(tree.node(at: "/hog"))) == References())
  }
}
