import Ownership

/// Problems about what the boot loader puts where.
extension SolverProblems {
  /// The problems.
  var placement: [SolverProblem] {
    domains.map { pieces($0.symbol, $0.domain) } + [hypervisorPieces, apart, reservedPieces]
  }

  private func entries(_ isIncluded: (LoadedPiece) -> Bool) -> [(range: AddressRange, what: String)] {
    system.pieces.filter(isIncluded).map { ($0.memory, "\($0.role) of \($0.owner): \($0.file ?? "zero")") }
  }

  private func pieces(_ symbol: String, _ domain: FinishedDomain) -> SolverProblem {
    let list = LeafList(symbol, domain)
    let own = RangeList("pieces", entries { $0.owner == domain.name })
    return SolverProblem(
      Self.name("pieces", symbol),
      claim: "every byte that is loaded for domain \(domain.name) lies in RAM that it reaches",
      sources: [list.source, "`pieces` holds the memory of the pieces in load-map.json"],
      violation: "a piece of \(symbol) lies in the hypervisor's memory"
    ) { isViolated in
      let place = AddressRange(base: system.partition.hypervisor.base & ~0xFFF, size: 4096)
      return SolverVocabulary.page(.stage2) + list.definition([.ram]) + own.definition(adding: isViolated ? place : nil)
        + ["(assert (pieces p))", "(assert (not (\(symbol).ram p)))"]
    }
  }

  private var hypervisorPieces: SolverProblem {
    let range = system.partition.hypervisor
    return SolverProblem(
      "pieces-hypervisor",
      claim: "every byte that is loaded for the hypervisor, or for no domain at all, lies in the hypervisor's memory, "
        + "pristine copies in the memory that the restart maps read them from",
      sources: [
        "`pieces` holds the memory of the pieces in load-map.json, `hypervisor` the range in the partition table and, for "
          + "copies, what EL2's own map leaves out and a restart map shows read-only"
      ], violation: "one lies outside"
    ) { isViolated in
      let names = Set(system.domains.map(\.name))
      let outside = range.base > 4096 ? AddressRange(base: 0, size: 4096) : AddressRange(base: .max - 4095, size: 4096)
      return SolverVocabulary.addresses + ["(declare-const p Address)"]
        + RangeList("pieces", entries { !names.contains($0.owner) }).definition(adding: isViolated ? outside : nil)
        + RangeList(
          "hypervisor",
          [(range, "the partition table")] + system.pristineMemory.runs.map { ($0, "a restart map, read-only") }
        ).definition()
        + ["(assert (pieces p))", "(assert (not (hypervisor p)))"]
    }
  }

  private var apart: SolverProblem {
    SolverProblem(
      "pieces-apart", claim: "no two pieces are loaded over each other",
      sources: ["`piece0` and so on hold the memory of the pieces in load-map.json"],
      violation: "the first piece is there twice"
    ) { isViolated in
      let all = system.pieces.map(\.memory)
      let ranges = all + (isViolated ? all.prefix(1) : [])
      let definitions = ranges.enumerated().flatMap {
        RangeList("piece\($0.offset)", [($0.element, $0.offset < all.count ? "" : "the violation")]).definition()
      }
      let pairs = ranges.indices.flatMap { first in
        ranges.indices.dropFirst(first + 1).map { "(and (piece\(first) p) (piece\($0) p))" }
      }
      return SolverVocabulary.addresses + ["(declare-const p Address)"] + definitions + ["(assert"]
        + SMTNotation.anyOf(pairs) + [")"]
    }
  }

  private var reservedPieces: SolverProblem {
    SolverProblem(
      "pieces-reserved", claim: "no piece is loaded to reserved memory that its owner was not granted",
      sources: [
        "`reserved` holds what the board's tree and the manifest set aside, each entry with the pieces of all to whom it "
          + "was not granted"
      ], violation: "the first page of the first piece is reserved"
    ) { isViolated in
      var kept = facts.reserved
      if isViolated, let first = system.pieces.first?.memory.base.roundedDown(to: 4096),
        let page = AddressRange(base: first, size: 4096)
      {
        kept.append((page, "the violation", []))
      }
      let definitions = kept.enumerated().flatMap { index, entry in
        RangeList("reserved\(index)", [(entry.range, entry.what)]).definition()
          + RangeList("pieces\(index)", entries { !entry.grantedTo.contains($0.owner) }).definition()
      }
      return SolverVocabulary.addresses + ["(declare-const p Address)"] + definitions + ["(assert"]
        + SMTNotation.anyOf(kept.indices.map { "(and (reserved\($0) p) (pieces\($0) p))" }) + [")"]
    }
  }
}
