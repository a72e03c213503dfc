import BulkheadKit
import Foundation
import TestSupport
import Testing

@testable import Verifier

@Suite("z3 and cvc5, which share nothing with Bulkhead")
struct SolverAgreementTests {
  @Test(
    "prove every claim on each board's manifest, and find the violation in every twin",
    arguments: DemonstrationTests.manifests)
  func boards(manifest: String) throws {
    let built = try BuiltSystem(manifest)
    try expectProof(of: built, atLeast: 27)
  }

  @Test("prove them where four domains share channels both ways, and some none, and memory is in single pages")
  func fourDomains() throws {
    let bench = try SolverBench()
    let file = "\(bench.folder)/four.yaml"
    try Self.four.write(toFile: file, atomically: true, encoding: .utf8)
    let built = try BuiltSystem(String(file.dropFirst(Repository.root.count + 1)))
    // Six pairs of domains, three of which share a channel.
    try expectProof(of: built, atLeast: 6 + 3 + 1 + 4 * 6)
  }

  private func expectProof(of built: BuiltSystem, atLeast count: Int) throws {
    let bench = try SolverBench()
    let proof = try bench.solve(SolverProblems.all(of: built.system(), built.context))
    #expect(proof.findings.map(\.message) == [])
    #expect(proof.solvers.map(\.product) == [.z3, .cvc5])
    #expect(proof.entries.count >= 2 * count)
    #expect(Set(proof.entries.map(\.file)).count == proof.entries.count)
    for entry in proof.entries {
      #expect(entry.answers == [entry.expected, entry.expected], "\(entry.file)")
      let text = try String(contentsOfFile: "\(bench.folder)/proof/\(entry.file)", encoding: .utf8)
      #expect(text.contains("(set-info :status \(entry.isTwin ? "sat" : "unsat"))"))
      #expect(text.contains("; This is the twin") == entry.isTwin, "\(entry.file)")
      #expect(text.split(separator: "\n").allSatisfy { $0.utf8.allSatisfy { (32..<127).contains($0) } })
    }
    let answers = try String(contentsOfFile: "\(bench.folder)/proof/answers.txt", encoding: .utf8)
    #expect(answers == proof.text)
    #expect(answers.split(separator: "\n").count == 4 + proof.entries.count)
  }

  @Test("get the same problems from the same image, byte for byte")
  func deterministic() throws {
    let built = try BuiltSystem.cockpit.get()
    let first = SolverProblems.all(of: try built.system(), built.context)
    #expect(first == SolverProblems.all(of: try built.system(), built.context))
  }

  private static let four = """
    manifest: 1
    name: four
    board: qemu-virt
    reserved: [{ base: 0x48000000, size: 1 MiB, owner: firmware, reason: "a test" }]
    domains:
      first: { criticality: ASIL-B, cpus: [0], memory: 16 MiB, kernel: \(kernel), devices: [/pl031@9010000] }
      second: { cpus: [2], memory: [{ base: 0x50001000, size: 3 MiB }, { size: 4 KiB }], kernel: \(kernel) }
      third: { cpus: [1], memory: [{ base: 0x60000000, size: 16 MiB, guest: 0x80000000 }], kernel: \(kernel) }
      # A name that is a word of SMT-LIB.
      distinct: { cpus: [3], memory: 8 MiB, kernel: \(kernel), console: none }
    channels:
      there: { size: 64 KiB, writer: first, readers: [second] }
      back: { size: 4 KiB, writer: second, readers: [first] }
      all: { size: 8 KiB, writer: first, readers: [second, third] }
    """

  private static let kernel = "\(Repository.root)/.build/guests/cluster.bin"
}
