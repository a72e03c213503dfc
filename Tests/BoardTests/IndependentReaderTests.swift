import Board
import DeviceTree
import Foundation
import Testing
import TestSupport

@Suite("Agreement with an independent reader")
struct IndependentReaderTests {
  struct Boards: Decodable { let boards: [String] }

  static func boards() throws -> [String] {
    let url = try #require(Bundle.module.url(forResource: "boards", withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(Boards.self, from: Data(contentsOf: url)).boards
  }

  static func readings(of boards: [String]) throws -> [String: [String: IndependentReading]] {
    let script = try #require(
      Bundle.module.url(forResource: "independent_reader", withExtension: "py", subdirectory: "Fixtures"))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Repository.root + "/.build/cache/python/bin/python")
    process.arguments = [script.path, Corpus.folder] + boards
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return try JSONDecoder().decode([String: [String: IndependentReading]].self, from: data)
  }

  @Test("On the boards of the corpus every node has the same register windows and the same interrupts")
  func agreement() throws {
    let boards = try Self.boards()
    #expect(boards.count == 41)
    var windows = 0
    var lines = 0
    for (board, nodes) in try Self.readings(of: boards) {
      let tree = try DeviceTree(blob: try Corpus.blob(board))
      var resolver = InterruptResolver(tree)
      for node in tree.nodes {
        let found = tree.registers(of: node).entries.compactMap { entry in
          entry.size == 0 ? nil : entry.address.map { ["\($0)", "\(entry.size)"] }
        }
        let reading = nodes[node.path]
        windows += found.count
        if found != reading?.addresses ?? [] { Issue.record("\(board) \(node.path): \(found)") }
        // Where the other reader does not know the way, there is nothing to compare.
        guard let expected = reading == nil ? [] : reading?.interrupts else { continue }
        let intids = resolver.interrupts(of: node).resolved.map(\.intid)
        lines += intids.count
        if intids != expected { Issue.record("\(board) \(node.path): \(intids) instead of \(expected)") }
      }
    }
    #expect(windows > 4000)
    #expect(lines > 3500)
  }
}
