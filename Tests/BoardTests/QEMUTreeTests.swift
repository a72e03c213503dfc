import Board
import DeviceTree
import Foundation
import TestSupport
import Testing

@Suite("The trees of QEMU's virt under dts/ against QEMU")
struct QEMUTreeTests {
  /// The tree that the installed QEMU describes its machine with.
  private func dumped(_ arguments: [String]) throws -> DeviceTree {
    let file = FileManager.default.temporaryDirectory.appending(path: "bulkhead-\(UUID().uuidString).dtb")
    defer { try? FileManager.default.removeItem(at: file) }
    var arguments = arguments
    let machine = try #require(arguments.firstIndex(of: "-M"))
    arguments[machine + 1] += ",dumpdtb=\(file.path)"
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["qemu-system-aarch64", "-nodefaults", "-display", "none", "-smp", "4", "-m", "2G"] + arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return try DeviceTree(blob: [UInt8](try Data(contentsOf: file)))
  }

  /// Left out of our tree: seeds that differ from start to start, and phandles, which are compared by what they name.
  private let ignored: Set<String> = ["rng-seed", "kaslr-seed", "phandle"]

  @Test(
    "Same nodes, same properties, same values, whatever numbers the phandles have",
    arguments: ["qemu-virt", "qemu-virt-gicv2", "qemu-virt-smmuv3"])
  func sameMachine(name: String) throws {
    let board = try BoardLibrary(root: Repository.root).load(name)
    let theirs = try dumped(board.description.qemuArguments)
    let ours = board.tree
    #expect(Set(ours.nodes.map(\.path)) == Set(theirs.nodes.map(\.path)))
    for node in ours.nodes {
      let other = try #require(theirs.node(at: node.path))
      let names = Set(node.properties.map(\.name)).subtracting(ignored)
      #expect(names == Set(other.properties.map(\.name)).subtracting(ignored), "\(node.path)")
      for name in names.sorted() {
        let left = try #require(node.property(name))
        let right = try #require(other.property(name))
        #expect(left.value == right.value || sameCells(left, of: ours, right, of: theirs), "\(node.path) \(name)")
      }
    }
  }

  /// Whether two lists of cells differ in phandles of the same node only.
  private func sameCells(_ left: Property, of ours: DeviceTree, _ right: Property, of theirs: DeviceTree) -> Bool {
    guard let left = left.cells, let right = right.cells, left.count == right.count else { return false }
    return zip(left, right).allSatisfy { one, other in
      guard one != other else { return true }
      guard let path = ours.node(phandle: one)?.path else { return false }
      return path == theirs.node(phandle: other)?.path
    }
  }
}
