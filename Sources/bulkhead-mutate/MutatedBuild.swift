import BulkheadKit
import Foundation
import Mutation
import Verifier

/// Builds a manifest and opens what was built as the verifier does.
struct MutatedBuild {
  private let output: FinishedOutput
  private let context: VerificationContext

  /// Plans, builds into a folder that is removed again, and opens it; the files stay mapped.
  init(_ manifest: String, _ project: Project) throws {
    let result = Check(project: project).run(manifest: manifest)
    guard let plan = result.plan, result.isAccepted else {
      throw RefusedImage(findings: result.findings)
    }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bulkhead-mutate-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try ImageWriter.write(try Build(project: project).images(of: plan), to: folder.path)
    let runtime = project.runtimeFile(for: plan)
    output = try FinishedOutput(folder: folder.path, checksHashes: false)
    context = VerificationContext(
      board: plan.board, manifest: plan.manifest, plan: plan.ownership,
      payloads: try PayloadInput.inputs(of: plan.manifest),
      runtime: [UInt8](try Data(contentsOf: URL(fileURLWithPath: runtime))))
  }

  /// A campaign on the pieces of the load map, with which every other container agrees.
  func campaign() throws -> MutationCampaign {
    guard output.findings.isEmpty else { throw RefusedImage(findings: output.findings) }
    return try MutationCampaign(verifier: Verifier(context), image: output.containers[0], pieces: output.pieces)
  }
}
