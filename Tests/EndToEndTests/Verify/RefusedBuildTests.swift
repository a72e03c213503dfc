import Foundation
import TestSupport
import Testing

@testable import BulkheadKit

@Suite("A build that its own verification refuses")
struct RefusedBuildTests {
  private let scratch: Scratch
  private let plan: Plan

  init() throws {
    scratch = try Scratch()
    let manifest = try scratch.file("pair.yaml", Manifests.twoDomains())
    let build = Build(project: Repository.project).run(manifest: manifest, into: scratch.path + "/out")
    plan = try #require(build.check.plan)
    #expect(build.check.isAccepted, "\(build.check.findings)")
  }

  /// Builds once more into the same folder, with one bit of `file` flipped where the compiler would have written it.
  private func buildAgain(flipping file: String, at offset: Int) throws {
    var images = try Build(project: Repository.project).images(of: plan)
    let index = try #require(images.files.firstIndex { $0.name == file })
    var bytes: [UInt8] = []
    for part in images.files[index].contents.parts {
      switch part {
      case .bytes(let written): bytes += written
      case .zeros(let count): bytes += [UInt8](repeating: 0, count: Int(count))
      case .file: Issue.record("\(file) is made of other files")
      }
    }
    bytes[offset] ^= 1
    images.files[index] = ImageFile(name: file, contents: FileContents([.bytes(bytes)]))
    let inputs = plan.inputs(files: [scratch.path + "/pair.yaml"])
    let keeping = InputKeeping(inputs, among: images)
    images.files += keeping.files
    var finished = FinishedBuild(project: Repository.project, plan: plan)
    try ImageWriter.write(images, to: scratch.path + "/out") { written in
      let lock = try keeping.lock(of: plan, files: [scratch.path + "/pair.yaml"], written: written.files)
      try finished.complete(&written, lock)
    }
  }

  @Test("leaves the folder of the build before as it was, and says what does not hold and what that means")
  func refused() throws {
    let before = try scratch.contents(of: "out")
    let names = try scratch.names
    for (file, offset) in [("domains/left.dtb", 600), ("hypervisor.img", 8000)] {
      let refusal = try #require(throws: FinishedBuild.Refusal.self) { try buildAgain(flipping: file, at: offset) }
      #expect(refusal.findings.count > 1 && refusal.findings.last?.rule == VerifyRules.ownFault.id)
      #expect(try scratch.contents(of: "out") == before)
      #expect(try scratch.names == names, "nothing unfinished is left")
    }
  }
}
