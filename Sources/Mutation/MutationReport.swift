/// What became of the mutants of an image.
public struct MutationReport: Sendable {
  /// Counts of one kind of structure.
  public struct Line: Hashable, Sendable {
    /// Mutants that differ from the image.
    public internal(set) var mutants = 0
    /// Those that were refused, by the rule that refused them first.
    public internal(set) var killed: [String: Int] = [:]
    /// Those that a rule proves equivalent, by its name.
    public internal(set) var equivalent: [String: Int] = [:]
    /// Those that were accepted.
    public internal(set) var surviving = 0
  }

  /// More survivors than this are counted, not named.
  static let survivorLimit = 200

  /// Counts by structure.
  public private(set) var lines: [MutatedStructure: Line] = [:]
  /// Names of the survivors, the first of them.
  public private(set) var survivors: [String] = []

  /// Mutants in all.
  public var mutantCount: Int { lines.values.reduce(0) { $0 + $1.mutants } }
  /// Survivors in all.
  public var survivorCount: Int { lines.values.reduce(0) { $0 + $1.surviving } }

  /// Counts a mutant.
  mutating func add(_ mutant: Mutant, _ fate: MutantFate) {
    var line = lines[mutant.structure] ?? Line()
    line.mutants += 1
    switch fate {
    case .killed(let rule): line.killed[rule, default: 0] += 1
    case .equivalent(let rule): line.equivalent[rule, default: 0] += 1
    case .survived:
      line.surviving += 1
      if survivors.count < Self.survivorLimit { survivors.append(mutant.name) }
    }
    lines[mutant.structure] = line
  }

  /// Adds what another worker counted.
  mutating func add(_ other: MutationReport) {
    for (structure, line) in other.lines {
      var sum = lines[structure] ?? Line()
      sum.mutants += line.mutants
      sum.killed.merge(line.killed, uniquingKeysWith: +)
      sum.equivalent.merge(line.equivalent, uniquingKeysWith: +)
      sum.surviving += line.surviving
      lines[structure] = sum
    }
    survivors = Array((survivors + other.survivors).sorted().prefix(Self.survivorLimit))
  }
}
