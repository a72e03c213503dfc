import Ownership

/// Every claim of isolation about one system, as problems for solvers that share nothing with this program.
///
/// They rest on the decoded image, the board's tree and the manifest; never on the plan, and on the leaf descriptors
/// themselves, not on what this module made of them. A problem names one domain or one pair; its text grows with their
/// leaves and not with the product, because the unknown is an address.
public struct SolverProblems {
  let system: FinishedSystem
  let facts: BoardFacts
  /// The domains with the names that they have in the problems.
  let domains: [(symbol: String, domain: FinishedDomain)]

  /// Gathers what the problems are about.
  init(_ system: FinishedSystem, _ context: VerificationContext) {
    self.system = system
    facts = BoardFacts(context)
    let names = system.domains.map(\.name)
    domains = system.domains.enumerated().map { index, domain in
      let isPlain = domain.name.wholeMatch(of: /[a-z][a-z0-9-]{0,30}/) != nil
      let isUnique = names.filter { $0 == domain.name }.count == 1 && !Self.taken.contains(domain.name)
      return (isPlain && isUnique ? domain.name : "domain.\(index)", domain)
    }
  }

  /// The problems in the order of the proof.
  public static func all(of system: FinishedSystem, _ context: VerificationContext) -> [SolverProblem] {
    let problems = SolverProblems(system, context)
    return problems.pairs.flatMap { problems.sharing($0, $1) } + [problems.channelSizes]
      + problems.domains.flatMap { problems.reach($0.symbol, $0.domain) } + problems.hypervisor + problems.units
      + problems.placement
  }

  /// Every two domains, in the order of their records.
  private var pairs: [(Party, Party)] {
    domains.indices.flatMap { first in
      domains.indices.dropFirst(first + 1).map { (domains[first], domains[$0]) }
    }
  }

  typealias Party = (symbol: String, domain: FinishedDomain)

  /// EL2's own map.
  var hypervisorMap: LeafList { LeafList(hypervisor: system.hypervisorMap) }

  /// The name of a problem about a domain, or about two. A name that only a symbol may have becomes one of a file.
  static func name(_ claim: String, _ symbols: String...) -> String {
    ([claim] + symbols).joined(separator: "-").replacing(".", with: "-")
  }

  /// Where a twin puts its violation: the first page of a domain's RAM; where it has none, the first page there is.
  static func somePage(of domain: FinishedDomain) -> UInt64 {
    (domain.stage2.leaves.first { $0.descriptor >> 2 & 0xF == 0xF } ?? domain.stage2.leaves.first)?.output ?? 0
  }

  /// Words of the problems' vocabulary and of SMT-LIB that a domain may be called.
  private static let taken: Set = [
    "between", "level1", "level2", "level3", "p", "q", "d", "low", "high", "hypervisor", "hypervisor-map", "tables",
    "devices", "reserved", "banks", "banked", "granted", "pieces", "and", "or", "not", "ite", "true", "false", "let",
    "distinct", "xor", "concat", "extract", "par", "forall", "exists", "match", "as", "bvand", "bvor", "bvnot",
  ]
}
