/// How many mutants came to what.
struct MutationTally {
  private(set) var mutants = 0
  private(set) var refused = 0
  private(set) var placed = 0
  private(set) var sameOwners = 0
  private(set) var otherOwners = 0
  private(set) var wrong: [String] = []
  /// By rule: mutants that it refused, and those that it alone refused.
  private(set) var rules: [String: (all: Int, alone: Int)] = [:]
  /// By operation: refused and accepted.
  private(set) var operations: [String: (refused: Int, accepted: Int)] = [:]

  /// Counts one.
  mutating func add(_ verdict: MutantVerdict) {
    mutants += 1
    let operation = verdict.mutant.operation
    switch verdict.outcome {
    case .refused(let rules):
      refused += 1
      if verdict.isPlaced { placed += 1 }
      operations[operation, default: (0, 0)].refused += 1
      for rule in rules {
        self.rules[rule, default: (0, 0)].all += 1
        if rules.count == 1 { self.rules[rule, default: (0, 0)].alone += 1 }
      }
    case .sameOwners:
      sameOwners += 1
      operations[operation, default: (0, 0)].accepted += 1
    case .otherOwners:
      otherOwners += 1
      operations[operation, default: (0, 0)].accepted += 1
    case .wrong(let words): wrong.append("\(operation) at \(verdict.mutant.place): \(words)")
    }
  }

  /// One line.
  var summary: String {
    "\(mutants) mutants: \(refused) refused (\(placed) of them on the changed line or naming the change), \(sameOwners) "
      + "accepted with the same owners, \(otherOwners) accepted as another split without conflict, \(wrong.count) wrong; "
      + "\(rules.count) rules refused some, \(rules.values.count { $0.alone > 0 }) alone"
  }

  /// A line for each rule.
  var byRule: String {
    rules.keys.sorted().map { "  \($0): \(rules[$0]?.all ?? 0) mutants, \(rules[$0]?.alone ?? 0) alone" }
      .joined(separator: "\n")
  }

  /// A line for each operation.
  var byOperation: String {
    operations.keys.sorted().map {
      "  \($0): \(operations[$0]?.refused ?? 0) refused, \(operations[$0]?.accepted ?? 0) accepted"
    }.joined(separator: "\n")
  }
}
