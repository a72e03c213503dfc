import BulkheadKit
import Foundation
import Testing

@testable import Verifier

@Suite("A solver's answer is taken for one only if it is one")
struct SolverAnswerTests {
  private static let problem = SolverProblem(
    "small", claim: "no bit is set in zero", sources: [], violation: "there is one"
  ) { isViolated in ["(declare-const x Bool)", "(assert x)", "(assert \(isViolated ? "true" : "(not x)"))"] }

  /// What comes of a small problem if z3 is a script with this body.
  private func proof(_ body: String, seconds: Int64 = 60) throws -> SolverProof {
    let bench = try SolverBench()
    let solvers = try Solver.all(searchPath: try bench.fake(.z3, body))
    #expect(solvers.first?.version == "9.9")
    return try SolverProof(
      [Self.problem], of: "a test's image", solvers: solvers, into: "\(bench.folder)/proof", seconds: seconds)
  }

  @Test("The real ones answer a small problem and its twin")
  func real() throws {
    let proof = try SolverBench().solve([Self.problem])
    #expect(proof.findings.isEmpty)
    #expect(proof.summary.hasPrefix("1 problems unsat and 1 twins sat by z3 "))
  }

  @Test(
    "Nonsense, silence, two answers, an answer with a bad end, an error and `unknown` are findings that name both",
    arguments: [
      "echo 42", "true", "echo unsat; echo unsat", "echo unsat; exit 1", "echo unsat; kill -9 $$",
      "echo '(error \"no such file\")'; exit 1", "echo unknown", "echo UNSAT", "echo 'unsat '", "printf unsat",
      "yes unsat",
    ])
  func nonsense(body: String) throws {
    let found = try proof(body).findings
    #expect(found.map(\.rule.rawValue) == ["BH-VER-081", "BH-VER-081"])
    #expect(found.allSatisfy { $0.severity == .error && $0.message.contains("z3") && $0.help != nil })
    #expect(found.map { $0.subjects } == [["small.smt2"], ["small.twin.smt2"]])
  }

  @Test("A solver that does not end is stopped")
  func endless() throws {
    let found = try proof("exec sleep 600", seconds: 1).findings
    #expect(found.map(\.rule.rawValue) == ["BH-VER-081", "BH-VER-081"])
    #expect(found.allSatisfy { $0.message.contains("did not end in time") })
  }

  @Test("One that always says `unsat` is contradicted by the other on the twin, one that says `sat` on the problem")
  func yesMan() throws {
    let unsat = try proof("echo unsat").findings
    #expect(unsat.map(\.rule.rawValue) == ["BH-VER-084"])
    #expect(unsat.first?.message == "the solvers disagree about small.twin.smt2: z3 says unsat, cvc5 says sat")
    #expect(try proof("echo sat").findings.map(\.subjects) == [["small.smt2"]])
  }

  @Test("A twin in which both find nothing is a finding, and so is a problem that both refute")
  func bothWrong() throws {
    let empty = SolverProblem("empty", claim: "this", sources: [], violation: "none") { _ in ["(assert false)"] }
    #expect(try SolverBench().solve([empty]).findings.map(\.rule.rawValue) == ["BH-VER-083"])
    let open = SolverProblem("open", claim: "this", sources: [], violation: "none") { _ in ["(assert true)"] }
    #expect(try SolverBench().solve([open]).findings.map(\.rule.rawValue) == ["BH-VER-082"])
  }

  @Test("Solvers that are missing, or are other programs, are named with the package to install")
  func missing() throws {
    let none = #expect(throws: InputError.self) { try Solver.all(searchPath: "/nonexistent") }
    #expect(none?.findings.map(\.subjects) == [["z3"], ["cvc5"]])
    #expect(none?.findings.allSatisfy { $0.rule.rawValue == "BH-VER-080" } == true)
    #expect(none?.findings.last?.help?.contains("install the package cvc5") == true)
    let bench = try SolverBench()
    let path = try bench.fake(.z3, "true")
    for end in ["", ".body"] {
      try FileManager.default.moveItem(atPath: "\(bench.folder)/z3\(end)", toPath: "\(bench.folder)/cvc5\(end)")
    }
    let other = #expect(throws: InputError.self) { try Solver.all(searchPath: path) }
    #expect(other?.finding.message.contains("does not answer `--version` as cvc5 does") == true)
  }

  @Test("A name from an image cannot leave its comment")
  func comments() {
    let lines = SMTNotation.comment("a\n(assert false)\u{2028}\r;")
    #expect(lines == ["; a?(assert false)??;"])
    #expect(
      SMTNotation.comment(String(repeating: "word ", count: 100)).allSatisfy { $0.hasPrefix("; ") && $0.count <= 120 })
  }
}
