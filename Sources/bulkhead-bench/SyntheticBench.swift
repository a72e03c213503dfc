import BulkheadKit
import Foundation

/// Times every rule on plans that no person writes, and prints a table row for each size; with the arguments
/// `devices FOLDER` instead what `bulkhead devices` works out for the trees of a folder, with `verify ROOT FOLDER TITLE
/// TARGET` how long it takes to verify a built folder.
@main
struct SyntheticBench {
  /// How often each size is tried; the best counts, because the machine may be busy with other things.
  static let rounds = 5

  static func main() throws {
    let arguments = CommandLine.arguments
    if arguments.count == 6, arguments[1] == "verify" {
      let bench = VerifyBench(project: Project(root: arguments[2]))
      return try bench.run(folder: arguments[3], title: arguments[4], target: arguments[5])
    }
    if arguments.count == 3, arguments[1] == "devices" { return try DevicesBench(folder: arguments[2]).run() }
    let small = try row(regions: 100_000, target: "1,000 ms")
    let large = try row(regions: 200_000, target: "2.3×")
    print(
      "200,000 regions take \((large / small).formatted(.number.precision(.fractionLength(2))))× the time of 100,000")
  }

  /// Prints and returns the best time in milliseconds for all rules on a plan of `regions` regions in 16 domains.
  private static func row(regions: Int, target: String) throws -> Double {
    let draft = try SyntheticPlan.draft(regions: regions, domains: 16)
    let clock = ContinuousClock()
    var best = Duration.seconds(1_000_000)
    for _ in 0..<rounds {
      var findings: [Finding] = []
      best = min(best, clock.measure { findings = RuleBook.check(draft) })
      guard !findings.containsError else { throw InputError(findings[0]) }
    }
    BenchRow.print("all rules on \(regions.formatted(.number)) regions", best, target: target)
    return best / .milliseconds(1)
  }
}
