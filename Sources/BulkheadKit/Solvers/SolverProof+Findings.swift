extension SolverProof {
  /// Every answer that is not the one it has to be. One that is missing says nothing about the others.
  public var findings: [Finding] { entries.flatMap(findings) }

  private func findings(of entry: Entry) -> [Finding] {
    let silent = zip(solvers, entry.answers).compactMap { solver, answer -> Finding? in
      let words: String
      switch answer {
      case .none(let reason): words = reason
      case .unknown: words = "it does not know"
      case .sat, .unsat: return nil
      }
      return finding(
        SolverRules.answers, "\(solver.product.rawValue) gives no answer to \(entry.file): \(words)", entry,
        help: "run it by hand on \(Self.folderName)/\(entry.file); on a slow machine give it more time")
    }
    guard silent.isEmpty else { return silent }
    let said = zip(solvers, entry.answers).map { "\($0.product.rawValue) says \($1.word)" }.joined(separator: ", ")
    guard Set(entry.answers).count == 1 else {
      return [
        finding(
          SolverRules.agree, "the solvers disagree about \(entry.file): \(said)", entry,
          help: "one of the solvers is wrong: report it, with the file, to whoever makes it")
      ]
    }
    guard entry.answers.contains(where: { $0 != entry.expected }) else { return [] }
    return [entry.isTwin ? powerless(entry, said) : refuted(entry, said)]
  }

  private func refuted(_ entry: Entry, _ said: String) -> Finding {
    finding(
      SolverRules.proved, "it is refuted that \(entry.claim): \(said) to \(entry.file)", entry,
      help:
        "do not flash this image; a solver shows the counterexample if `(get-model)` stands behind `(check-sat)`, and "
        + "`bulkhead verify` without --solve names the claim that fails")
  }

  private func powerless(_ entry: Entry, _ said: String) -> Finding {
    finding(
      SolverRules.twin, "nobody finds the violation that was put into \(entry.file): \(said)", entry,
      help: "this is a fault of Bulkhead's own: report it with the file")
  }

  private func finding(_ rule: RuleDescription, _ message: String, _ entry: Entry, help: String) -> Finding {
    Finding(
      rule, .error, message, subjects: [entry.file],
      resource: ResourceReference(.file, "\(Self.folderName)/\(entry.file)"), help: help)
  }
}
