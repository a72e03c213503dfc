import BulkheadKit
import Foundation
import Testing
import TestSupport

@Suite("The demonstration in QEMU", .serialized)
struct DemonstrationTests {
  @Test("cluster and Linux run side by side; Linux panics, the cluster's heartbeat goes on")
  func cockpit() throws {
    let scratch = try Scratch()
    let build = Build(project: Repository.project).run(manifest: Repository.cockpit, into: scratch.path + "/out")
    let folder = try #require(build.folder, "\(build.check.findings)")
    let loadMap = try #require(build.loadMap)
    let plan = try #require(build.check.plan)
    let system = EmulatedSystem(folder: OutputFolder(folder, loadMap: loadMap), plan: plan)
    var transcript: [String] = []
    let result = try system.session(takesInput: false).run { event in
      if case .console(let fragment) = event { transcript.append("[\(fragment.source)] \(fragment.text)") }
      return true
    }
    #expect(result.expectations.count >= 5)
    for outcome in result.expectations {
      #expect(outcome.isMet, "\(outcome.expectation.source): \(outcome.expectation.text)\n\(transcript.suffix(40))")
    }
    #expect(result.findings.isEmpty, "\(result.findings)")
  }
}
