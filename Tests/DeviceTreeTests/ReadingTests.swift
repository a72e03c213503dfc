import DeviceTree
import Testing
import TestSupport

@Suite("Reading flattened trees")
struct ReadingTests {
  @Test("Every tree of the kernel package is read, with every node in tree order")
  func corpus() throws {
    #expect(Corpus.names.count > 500)
    var nodes = 0
    for name in Corpus.names {
      let tree = try DeviceTree(blob: try Corpus.blob(name))
      nodes += tree.nodes.count
      for (index, node) in tree.nodes.enumerated() {
        guard node.index == index, (node.parent ?? -1) < index else { Issue.record("\(name) \(node.path)"); continue }
      }
    }
    #expect(nodes > 200_000)
  }

  @Test(
    "Bytes that are no tree are refused in words", arguments: [[], [0x7f, 0x45], [UInt8](repeating: 0, count: 48)])
  func notATree(bytes: [UInt8]) {
    #expect(throws: DeviceTreeError.notATree) { try DeviceTree(blob: bytes) }
  }
}
