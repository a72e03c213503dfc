import BulkheadKit
import Foundation
import TestSupport
import Testing

@Suite("A board's tree and the one that it was tried with")
struct TriedTreeTests {
  /// A project with one board, whose tree is a copy of one of ours and stated to have this hash.
  private func findings(sha256: String) throws -> [Finding] {
    let scratch = try Scratch()
    let files = FileManager.default
    for folder in ["boards/mine", ".build/boards"] {
      try files.createDirectory(atPath: "\(scratch.path)/\(folder)", withIntermediateDirectories: true)
    }
    _ = try scratch.file("boards/manifest.schema.json", "{}")
    _ = try scratch.file(
      "boards/mine/board.yaml",
      "summary: mine\ndevice-tree: { package: trees, file: mine.dtb, sha256: \"\(sha256)\" }\n")
    try files.copyItem(atPath: Self.tree, toPath: scratch.path + "/.build/boards/mine.dtb")
    let manifest = try scratch.file(
      "m.yaml", "manifest: 1\nname: m\nboard: mine\ndomains: { a: { cpus: [0], memory: 1 MiB, kernel: k } }\n")
    return Check(project: Project(root: scratch.path)).run(manifest: manifest).findings
  }

  private static let tree = Repository.root + "/.build/boards/qemu-virt.dtb"

  @Test("a tree that is another one is a warning that names both hashes and where to put the new one")
  func another() throws {
    let actual = try InputDigest.sha256(ofFile: Self.tree)
    let stated = String(repeating: "0", count: 64)
    let finding = try #require(try findings(sha256: stated).first { $0.rule.rawValue == "BH-DT-009" })
    #expect(finding.severity == .warning)
    #expect(finding.message.contains(actual) && finding.message.contains(stated))
    #expect(finding.help?.contains("boards/mine/board.yaml") == true)
  }

  @Test("the tree that was tried is none")
  func same() throws {
    let found = try findings(sha256: try InputDigest.sha256(ofFile: Self.tree))
    #expect(!found.contains { $0.rule.rawValue == "BH-DT-009" })
    #expect(!found.isEmpty, "the kernel is missing, so that the check came as far as the board")
  }
}
