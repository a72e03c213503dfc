/// What a solver says of a problem.
public enum SolverAnswer: Hashable, Sendable {
  /// There is no counterexample.
  case unsat
  /// There is one.
  case sat
  /// It does not know.
  case unknown
  /// It gave no answer that can be taken for one: what happened, in words.
  case none(String)

  /// Reads what a solver left behind; anything but one word and an orderly end is no answer.
  ///
  /// A problem says which answer it expects (`:status`). Both solvers take another answer for a fault of their own: z3
  /// adds an error of one line and ends with status 1; cvc5 aborts, and says on its standard error what it got.
  init(_ result: BoundedCommand.Result) {
    let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
    let isContradiction =
      lines.count == 3 && lines[1].hasSuffix("check annotation that says \(Self.other(lines[0]))\")")
    switch result.end {
    case nil: self = .none("it did not end in time")
    case .exited(0)? where lines.count == 2: self = Self.words[lines[0]] ?? Self.speechless(result)
    case .exited(1)? where isContradiction: self = Self.words[lines[0]] ?? Self.speechless(result)
    case .signalled(6)? where result.output.isEmpty: self = Self.afterAbort(result)
    default: self = Self.speechless(result)
    }
  }

  /// The answer in one word, `none` without one.
  public var word: String {
    switch self {
    case .unsat: "unsat"
    case .sat: "sat"
    case .unknown: "unknown"
    case .none: "none"
    }
  }

  private static let words: [Substring: SolverAnswer] = ["unsat": .unsat, "sat": .sat, "unknown": .unknown]

  private static func other(_ word: Substring) -> String { word == "sat" ? "unsat" : "sat" }

  private static func afterAbort(_ result: BoundedCommand.Result) -> SolverAnswer {
    let lines = result.errors.split(separator: "\n").map(String.init)
    if lines.contains("Expected result unsat but got sat") { return .sat }
    if lines.contains("Expected result sat but got unsat") { return .unsat }
    return speechless(result)
  }

  private static func speechless(_ result: BoundedCommand.Result) -> SolverAnswer {
    let said = (result.output + "\n" + result.errors).split(whereSeparator: \.isNewline).first.map(String.init)
    let end = result.end.map { "it ended \($0)" } ?? "it was stopped"
    return .none("\(end), saying \(said.map { "\"\($0.prefix(120))\"" } ?? "nothing")")
  }
}
