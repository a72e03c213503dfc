import BulkheadKit
import Foundation
import TestSupport

@testable import Verifier

/// The solvers of this machine, and folders for what they are asked.
final class SolverBench {
  /// Gone with this value.
  let folder: String

  init() throws {
    folder = "\(Repository.root)/.build/test-scratch/solvers-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Every problem about an image, by name.
  static func problems(
    _ image: MemoryImage, _ pieces: [LoadedPiece], _ context: VerificationContext
  ) throws -> [String: SolverProblem] {
    let system = try SystemReader.read(image, pieces: pieces)
    return Dictionary(SolverProblems.all(of: system, context).map { ($0.name, $0) }) { first, _ in first }
  }

  /// Asks z3 and cvc5.
  func solve(_ problems: [SolverProblem]) throws -> SolverProof {
    try SolverProof(problems, of: "a test's image", solvers: try Solver.all(), into: "\(folder)/proof")
  }

  /// Puts a script where it is found before a real solver; it answers `--version` as that one does, and everything else
  /// by its body. The search path that finds it.
  ///
  /// What is run is a program of the repository that reads the body: a file that was open for writing a moment ago can
  /// be busy still, in a child that another test is just starting.
  func fake(_ product: Solver.Product, _ body: String) throws -> String {
    let path = "\(folder)/\(product.rawValue)"
    let program = "\(Repository.root)/Tests/VerifierTests/Programs/solver"
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: program)
    let version =
      "if [ \"$1\" = --version ]; then echo '\(product == .z3 ? "Z3" : "This is cvc5") version 9.9'; exit; fi"
    try "\(version)\n\(body)\n".write(toFile: "\(path).body", atomically: true, encoding: .utf8)
    return "\(folder):\(ProcessInfo.processInfo.environment["PATH"] ?? "")"
  }
}
