import BulkheadKit
import Foundation

/// Times what `bulkhead devices` works out, on real trees: reading, conflicts, shared providers and the closure of every
/// node.
struct DevicesBench {
  /// The folder of trees.
  let trees: TreeFolder
  let path: String

  init(folder: String) throws {
    trees = try TreeFolder(folder)
    path = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
  }

  /// Prints a row for the tree with the most nodes and one for all of them.
  func run() throws {
    var largest: (file: String, nodes: Int)?
    for name in trees.names {
      let nodes = try Board.generic(treeFile: path + "/" + name).tree.nodes.count
      if nodes > largest?.nodes ?? 0 { largest = (path + "/" + name, nodes) }
    }
    guard let largest else { return }
    var best = Duration.seconds(1_000_000)
    for _ in 0..<SyntheticBench.rounds {
      best = min(best, ContinuousClock().measure { Self.closures(of: largest.file) })
    }
    BenchRow.print("devices, \(largest.nodes) nodes, every closure", best, target: "100 ms")
    let files = trees.names.map { path + "/" + $0 }
    let all = ContinuousClock().measure {
      DispatchQueue.concurrentPerform(iterations: 2) { half in
        for index in stride(from: half, to: files.count, by: 2) { Self.closures(of: files[index]) }
      }
    }
    BenchRow.print("the same of \(files.count) trees on two cores", all, target: "10,000 ms")
  }

  private static func closures(of file: String) {
    guard let board = try? Board.generic(treeFile: file) else { return }
    let listing = DeviceListing(board)
    let edges = board.tree.nodes.reduce(0) { $0 + DependencyClosure(board, of: $1.path).edges.count }
    let text = listing.text
    // So that nothing of it can be left out as unused.
    precondition(edges >= 0 && !text.isEmpty)
  }
}
