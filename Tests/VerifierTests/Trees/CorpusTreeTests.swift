import BulkheadKit
import Foundation
import PlanFixtures
import TestSupport
import Testing

@testable import Verifier

@Suite("Trees of a domain on boards of Debian's kernel package")
struct CorpusTreeTests {
  /// A domain with one CPU and some of a board's devices, each with everything below it; `nil` where a board has
  /// nothing that a domain could run on.
  private static func plan(_ file: String, _ tree: DeviceTree, every step: Int) throws -> PlanFixture? {
    let board = Board.read(name: "generic", tree: tree, treeFile: file, description: .generic)
    let free = board.devices.filter { device in
      device.isEnabled
        && tree.node(at: device.path).map { node in
          tree.subtree(of: node).allSatisfy { UnassignableNode.role(of: $0, on: board) == nil }
        } ?? false
    }
    let chosen = free.enumerated().filter { $0.offset.isMultiple(of: step) }.map(\.element.path)
    guard !board.cpus.isEmpty, !chosen.isEmpty, board.interruptController != nil else { return nil }
    let devices = chosen.map { "      - { path: \"\($0)\", dma: unprotected, reason: a test }" }
    let text = """
      manifest: 1
      name: corpus
      board: generic
      device-tree: board.dtb
      memory-banks: [{ base: 0x10000000000, size: 1 GiB }]
      domains:
        one:
          cpus: [0]
          memory: 64 MiB
          kernel: a.bin
          console: none
          devices:
      \(devices.joined(separator: "\n"))
      """
    return try? PlanFixture(text, tree: tree, description: .generic)
  }

  /// Every eighth board; `BULKHEAD_ALL_TREES` in the environment asks for all.
  private static var files: [String] {
    let all = ProcessInfo.processInfo.environment["BULKHEAD_ALL_TREES"] != nil
    return Corpus.names.enumerated().filter { all || $0.offset.isMultiple(of: 8) }.map(\.element)
  }

  @Test("are accepted as they are written")
  func accepted() throws {
    var examined = 0
    for (index, file) in Self.files.enumerated() {
      let tree = try DeviceTree(blob: try Corpus.blob(file))
      guard let fixture = try Self.plan(file, tree, every: 2 + index % 5),
        let system = try? PlannedSystem(fixture.plan)
      else { continue }
      examined += 1
      let failures = system.failures
      #expect(failures.isEmpty, "\(file): \(failures.prefix(3).joined(separator: "\n"))")
    }
    #expect(examined > Self.files.count / 2)
  }
}
