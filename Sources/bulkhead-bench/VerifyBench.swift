import BulkheadKit
import Foundation

/// Times the verification of built folders without hashing: planning, reading back, every claim on every container.
struct VerifyBench {
  /// The project that the folders were built in.
  let project: Project

  /// Prints a row for a folder; the best of several tries counts.
  func run(folder: String, title: String, target: String) throws {
    let verify = Verify(project: project, checksHashes: false)
    var best = Duration.seconds(1_000_000)
    var result: VerifyResult?
    for _ in 0..<SyntheticBench.rounds {
      best = min(best, ContinuousClock().measure { result = verify.run(folder: folder) })
    }
    guard let result, result.isAccepted else { throw InputError(result?.findings.first ?? Self.nothing) }
    let entries = result.claims.first { $0.claim.id.rawValue == "BH-VER-010" }?.examined ?? 0
    BenchRow.print("\(title), \(entries.formatted(.number)) entries", best, target: target)
    let each = best / .nanoseconds(1) / Double(max(1, entries))
    print("  for each entry".padding(toLength: 36, withPad: " ", startingAt: 0) + String(format: "%7.1f ns", each))
  }

  private static let nothing = Finding(KitRules.unexpected, .error, "nothing was verified")
}
