import BulkheadKit
import Foundation
import TestSupport
import Testing

/// The bench guest's counts against the budget. One tick of the emulated counter is one instruction, so that they are the
/// same on every machine and in every run.
@Suite("What the paths through EL2 cost", .serialized)
struct BudgetTests {
  @Test(
    "no path has grown by more than four instructions or 5 %", arguments: try TrapBudget.read().figures.keys.sorted())
  func noPathHasGrown(manifest: String) throws {
    let budget = try TrapBudget.read()
    let expected = try #require(budget.figures[manifest])
    let counted = try Self.count(manifest)
    #expect(Set(counted.keys) == Set(expected.keys), "run `make bench BUDGET=write` if the bench guest has changed")
    for (name, figure) in expected.sorted(by: { $0.key < $1.key }) {
      guard let found = counted[name] else { continue }
      #expect(
        found <= TrapBudget.limit(figure),
        """
        \(name) takes \(found) instructions, and the budget of \(budget.compiler) has \(figure): look at what was put on \
        this path; if it has to be there, or if the compiler is another one, `make bench BUDGET=write` takes it over
        """)
    }
  }

  @Test(
    "the limit is four instructions or 5 %, whichever is more", arguments: [(0, 4), (37, 41), (80, 84), (100, 105)])
  func limit(figure: Int, limit: Int) {
    #expect(TrapBudget.limit(figure) == limit)
  }

  /// Boots the bench guest of a manifest under -icount and collects its lines `bench NAME VALUE`.
  private static func count(_ manifest: String) throws -> [String: Int] {
    let scratch = try Scratch()
    let build = Build(project: Repository.project).run(
      manifest: Repository.root + "/boards/" + manifest, into: scratch.path + "/out")
    let folder = OutputFolder(
      try #require(build.folder, "\(build.check.findings)"), loadMap: try #require(build.loadMap))
    let prepared = try EmulatedSystem(folder: folder, plan: try #require(build.check.plan)).session(takesInput: false)
    // Of two options of the same name QEMU takes the last. One CPU alone moves the clock.
    let counting = ["-icount", "shift=0,sleep=off", "-cpu", "cortex-a53,cntfrq=1000000000", "-smp", "1"]
    var session = Session(program: prepared.program, arguments: prepared.arguments + counting, lines: prepared.lines)
    session.expectations = [Expectation(source: "bench", text: "bench done", within: .seconds(300))]
    let (transcript, result) = try Transcript.of(session)
    let said = transcript.lines.map { "[\($0.source)] \($0.text)" }.joined(separator: "\n")
    let isDone = result.expectations.allSatisfy { $0.isMet }
    try #require(isDone, "\(said)")
    var counted: [String: Int] = [:]
    for line in transcript.lines {
      let words = line.text.split(whereSeparator: \.isWhitespace)
      if words.count == 3, words[0] == "bench", let value = Int(words[2]) { counted[String(words[1])] = value }
    }
    return counted
  }
}
