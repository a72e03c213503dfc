import BulkheadKit

/// What became of one mutant.
struct MutantVerdict {
  /// The three ways that are right, and the one that is not.
  enum Outcome: Equatable {
    /// Refused by these rules, with severity error.
    case refused(Set<String>)
    /// Accepted: everything belongs to whom it belonged before. The change was to words that decide nothing.
    case sameOwners
    /// Accepted: another split of the board, in which nothing has two owners.
    case otherOwners
    /// Accepted, or refused, without what has to come with it.
    case wrong(String)
  }

  let mutant: Mutant
  let outcome: Outcome
  /// Whether an error stands on a changed line, or names what was changed.
  let isPlaced: Bool

  /// A refusal: findings without an error are none.
  init(_ mutant: Mutant, _ findings: [Finding]) {
    self.mutant = mutant
    let errors = findings.filter { $0.severity == .error }
    isPlaced = errors.contains { Self.isPlaced($0, mutant) }
    if errors.isEmpty {
      outcome = .wrong("there is no plan, and no error says why")
    } else if errors.contains(where: { $0.message.isEmpty }) {
      outcome = .wrong("an error says nothing")
    } else {
      outcome = .refused(Set(errors.map(\.rule.rawValue)))
    }
  }

  /// An acceptance: there has to be a plan in which no two claims on one resource differ.
  init(_ mutant: Mutant, _ findings: [Finding], planning: Planning, base: Ownership) {
    self.mutant = mutant
    isPlaced = findings.contains { Self.isPlaced($0, mutant) }
    let (map, conflicts) = planning.draft.ownership
    // Without a kernel a board that is only judged has owners and no plan to build.
    guard planning.plan != nil || planning.draft.domains.contains(where: { $0.declaration.kernel == nil }) else {
      outcome = .wrong("it is accepted, but there is no plan")
      return
    }
    if let conflict = conflicts.first {
      outcome = .wrong(
        "it is accepted, but \(conflict.existing.owner) and \(conflict.incoming.owner) both have \(conflict.resource)")
    } else if let words = planning.plan.flatMap({ PhysicalPages($0).overlap }) {
      outcome = .wrong("it is accepted, but \(words)")
    } else {
      outcome = map == base ? .sameOwners : .otherOwners
    }
  }

  private static func isPlaced(_ finding: Finding, _ mutant: Mutant) -> Bool {
    finding.spans.contains { mutant.lines.contains($0.start.line) }
      || mutant.words.contains { !$0.isEmpty && finding.message.contains($0) }
  }
}
