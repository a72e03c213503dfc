import ArgumentParser
import BulkheadKit
import Foundation
import Mutation
import Verifier

/// `bulkhead-mutate MANIFEST …`: builds each manifest, changes the image bit by bit, and fails if the verifier accepts any
/// of it.
@main
struct MutateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bulkhead-mutate",
    abstract: "Flips every bit of an image's tables, partition table and trees: the verifier has to refuse each.")

  @Argument(help: "The manifests.")
  var manifests: [String]
  @Option(help: "Flip only so many bits of each image, drawn at random.")
  var sample: Int?
  @Option(help: "What the random numbers start from.")
  var seed: UInt64 = 1
  @Option(help: "Mutants that are tried at the same time; one for each CPU if not given.")
  var tasks = ProcessInfo.processInfo.activeProcessorCount

  func run() async throws {
    guard let project = Project.locate() else {
      throw ValidationError("Bulkhead's own files are not here: set BULKHEAD_ROOT to the folder that holds boards/")
    }
    var survivors = 0
    for manifest in manifests {
      let clock = ContinuousClock()
      let start = clock.now
      let report = try await report(on: manifest, project)
      let seconds = (clock.now - start).formatted(.units(allowed: [.seconds], fractionalPart: .show(length: 1)))
      let title = "\(manifest): \(sample.map { "\($0) bits, seed \(seed)" } ?? "every bit"), \(seconds)"
      FileHandle.standardOutput.write(Data("\(report.text(title: title))\n".utf8))
      survivors += report.survivorCount
    }
    if survivors > 0 { throw ExitCode(1) }
  }

  private func report(on manifest: String, _ project: Project) async throws -> MutationReport {
    do {
      let campaign = try MutatedBuild(manifest, project).campaign()
      return await campaign.run(sample.map { .sample($0, seed: seed) } ?? .exhaustive, tasks: tasks)
    } catch let error as RefusedImage {
      throw failure(error.findings)
    } catch let error as InputError {
      throw failure(error.findings)
    }
  }

  private func failure(_ findings: [Finding]) -> ExitCode {
    FileHandle.standardError.write(Data(FindingRenderer().text(for: findings).utf8))
    return ExitCode(2)
  }
}
