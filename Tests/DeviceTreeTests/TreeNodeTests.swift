import Testing

@testable import DeviceTree

@Suite("A tree that is written through libfdt")
struct TreeNodeTests {
  /// The same tree as values of the reader's types: names and properties in order.
  private func isSame(_ written: TreeNode, _ read: Node, in tree: DeviceTree) -> Bool {
    guard written.name == read.name, written.properties == read.properties,
      written.children.count == read.children.count
    else { return false }
    return zip(written.children, tree.children(of: read)).allSatisfy { isSame($0, $1, in: tree) }
  }

  private func randomTree(depth: Int, _ random: inout some RandomNumberGenerator) -> TreeNode {
    var node = TreeNode("")
    for index in 0..<Int.random(in: 0...5, using: &random) {
      let length = [0, 1, 4, 7, 300].randomElement(using: &random) ?? 0
      let value = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
      node.set(Property(name: ["reg", "a,b-\(index)", "#cells", "x\(index)"][index % 4], value: value))
    }
    guard depth > 0 else { return node }
    for index in 0..<Int.random(in: 0...4, using: &random) {
      var child = randomTree(depth: depth - 1, &random)
      child.name = "node\(index)@\(String(UInt32.random(in: 0...(.max), using: &random), radix: 16))"
      node.children.append(child)
    }
    return node
  }

  @Test("is read back with the same names, properties and order")
  func roundTrip() throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<100 {
      let root = randomTree(depth: 4, &random)
      let tree = try DeviceTree(blob: try root.flattened())
      #expect(isSame(root, tree.root, in: tree))
    }
  }

  @Test("holds cells, numbers and texts in the specification's form")
  func values() {
    var node = TreeNode("n")
    node.set("cells", cells: [1, 0xFFFF_FFFE])
    node.set("numbers", numbers: [0x1_0000_0002])
    node.set("texts", strings: ["a", "bc"])
    node.set("text", "")
    node.set(flag: "flag")
    node.set("cells", cells: [7])
    #expect(node.properties.map(\.name) == ["cells", "numbers", "texts", "text", "flag"])
    #expect(node.property("cells")?.cells == [7])
    #expect(node.property("numbers")?.value == [0, 0, 0, 1, 0, 0, 0, 2])
    #expect(node.property("texts")?.strings == ["a", "bc"])
    #expect(node.property("text")?.value == [0])
    #expect(node.property("flag")?.value == [])
    node.remove("texts")
    #expect(node.property("texts") == nil)
  }

  @Test("grows as far as it has to")
  func large() throws {
    var root = TreeNode("")
    root.set(Property(name: "large", value: [UInt8](repeating: 7, count: 1 << 20)))
    let tree = try DeviceTree(blob: try root.flattened())
    #expect(tree.root.property("large")?.value.count == 1 << 20)
  }

  @Test("is refused when it cannot be a tree")
  func refusals() {
    var root = TreeNode("")
    root.set(Property(name: "large", value: [UInt8](repeating: 7, count: 5 << 20)))
    #expect(throws: TreeWritingError.tooLarge(limit: 4 << 20)) { try root.flattened() }
    var named = TreeNode("")
    named.children = [TreeNode("a/b")]
    #expect(throws: TreeWritingError.invalidName("a/b")) { try named.flattened() }
    named.children = [TreeNode("")]
    #expect(throws: TreeWritingError.invalidName("")) { try named.flattened() }
    var odd = TreeNode("")
    odd.set("zero\0", "x")
    #expect(throws: TreeWritingError.invalidName("zero\0")) { try odd.flattened() }
    var deep = TreeNode("leaf")
    for _ in 0..<100 {
      var above = TreeNode("n")
      above.children = [deep]
      deep = above
    }
    deep.name = ""
    #expect(throws: TreeWritingError.tooDeep(limit: 64)) { try deep.flattened() }
  }
}
