import BulkheadKit
import Foundation
import TestSupport
import Testing

@Suite("The trees that the boards' domains boot with")
struct BoardSchemaTests {
  @Test("are what the kernel's schema checker accepts, without a word")
  func accepted() throws {
    let folder = Repository.root + "/.build/scratch/board-trees-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var trees: [String: [UInt8]] = [:]
    for board in BoardBoot.boards {
      let manifest = BoardBoot.manifest(of: board)
      let build = TreeBuild(project: Repository.project)
      let result = build.run(manifest: manifest, into: "\(folder)/\(board)")
      #expect(result.check.isAccepted, "\(board): \(result.check.findings.map(\.message))")
      #expect(result.files.count >= 2, "\(board)")
      for file in result.files {
        let name = file.split(separator: "/").last ?? ""
        trees["\(board)-\(name)"] = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
      }
    }
    #expect(trees.count >= 2 * BoardBoot.boards.count)
    #expect(try SchemaValidator.messages(on: trees) == "")
  }
}
