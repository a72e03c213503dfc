import Diagnostics
import Foundation

/// The claims of isolation, answered by solvers that share nothing with Bulkhead: `verify --solve`.
public struct SolverProof: Sendable {
  /// One problem, or its twin, with every solver's answer.
  public struct Entry: Hashable, Sendable {
    /// The file below the proof's folder.
    public let file: String
    /// What is claimed.
    public let claim: String
    /// Whether a violation was put in.
    public let isTwin: Bool
    /// The answers in the order of the solvers.
    public let answers: [SolverAnswer]

    /// The answer that it has to have.
    public var expected: SolverAnswer { isTwin ? .sat : .unsat }
  }

  /// The folder's name below a built folder.
  public static let folderName = "proof"
  /// Time that a solver has for one problem, in seconds. Each takes a fraction of one on an idle machine.
  public static let usualLimit: Int64 = 300

  /// The solvers that were asked.
  public let solvers: [Solver]
  /// The image, as the verifier names it.
  public let image: String
  /// The problems in the order of the proof, each followed by its twin.
  public let entries: [Entry]

  /// Asks every solver about every problem and twin.
  ///
  /// - Parameters:
  ///   - folder: Where the problems are written, one file each, and the answers in `answers.txt`. It is replaced as a
  ///     whole, once the last answer is there.
  ///   - progress: Hears what is being done.
  /// - Throws: `InputError` if the folder cannot be written.
  public init(
    _ problems: [SolverProblem], of image: String, solvers: [Solver], into folder: String,
    seconds: Int64 = SolverProof.usualLimit, progress: (String) -> Void = { _ in }
  ) throws(InputError) {
    self.solvers = solvers
    self.image = image
    let temporary = try TemporarySibling.make(of: folder)
    defer { try? FileManager.default.removeItem(atPath: temporary) }
    var entries: [Entry] = []
    progress("solving \(problems.count) problems and a broken twin of each")
    for problem in problems {
      for (isTwin, text) in [(false, problem.text), (true, problem.twin)] {
        let file = problem.name + (isTwin ? ".twin.smt2" : ".smt2")
        try ResultFile.write(text, to: "\(temporary)/\(file)")
        let answers = solvers.map { $0.answer(to: "\(temporary)/\(file)", seconds: seconds) }
        entries.append(Entry(file: file, claim: problem.claim, isTwin: isTwin, answers: answers))
      }
    }
    self.entries = entries
    try ResultFile.write(text, to: "\(temporary)/answers.txt")
    try Self.place(temporary, at: folder)
  }

  /// `answers.txt`: the solvers, then a line for each file with the answer it has to have and each solver's.
  public var text: String {
    let width = (entries.map(\.file.count).max() ?? 0) + 2
    let names = solvers.map(\.product.rawValue)
    let head = ["file".padded(to: width) + "expected  " + names.map { $0.padded(to: 9) }.joined()]
    let lines = entries.map { entry in
      entry.file.padded(to: width) + entry.expected.word.padded(to: 10)
        + entry.answers.map { $0.word.padded(to: 9) }.joined()
    }
    let words = solvers.map { "solver \($0.product.rawValue) \($0.version)" }
    return (["image \(image)"] + words + [""] + (head + lines).map { $0.trimmingSuffix { $0 == " " } })
      .joined(separator: "\n") + "\n"
  }

  /// One line for a person: `27 problems unsat, 27 twins sat, by z3 4.8.12 and cvc5 1.0.3`.
  public var summary: String {
    let right = entries.filter { entry in entry.answers.allSatisfy { $0 == entry.expected } }
    let by = solvers.map { "\($0.product.rawValue) \($0.version)" }.joined(separator: " and ")
    let wrong = entries.count - right.count
    return "\(right.count { !$0.isTwin }) problems unsat and \(right.count { $0.isTwin }) twins sat by \(by)"
      + (wrong == 0 ? "" : ", \(wrong) otherwise")
  }

  private static func place(_ temporary: String, at folder: String) throws(InputError) {
    let files = FileManager.default
    do {
      if files.fileExists(atPath: folder) { try files.removeItem(atPath: folder) }
      try files.moveItem(atPath: temporary, toPath: folder)
    } catch {
      throw InputError(
        Finding(
          KitRules.unexpected, .error, "\(Quotation.quoted(path: folder)) cannot be put into place", subjects: [folder],
          resource: ResourceReference(.file, folder), help: "remove it, or make the folder above it writable"))
    }
  }
}

extension String {
  /// The text without what stands at its end.
  fileprivate func trimmingSuffix(_ isDropped: (Character) -> Bool) -> String {
    String(reversed().drop(while: isDropped).reversed())
  }
}
