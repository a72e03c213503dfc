import Ownership

/// Problems about two domains.
extension SolverProblems {
  /// What two domains may both reach: a channel's pages, if they have one, with the rights that it gives.
  func sharing(_ left: Party, _ right: Party) -> [SolverProblem] {
    let (one, other) = (left.domain.name, right.domain.name)
    return [facts.share(one, other) ? onlyChannels(left, right) : nothing(left, right)]
      + (facts.share(one, other) ? [channelRights(left, right)] : [])
  }

  private func sources(_ left: Party, _ right: Party) -> [String] {
    [LeafList(left.symbol, left.domain).source, LeafList(right.symbol, right.domain).source]
      + (facts.banked.map {
        ["`banked` is the GICv2's virtual CPU interface at \($0), of which each CPU has its own (Arm IHI 0048, 5.5)"]
      } ?? [])
  }

  private func lists(
    _ left: Party, _ right: Party, _ questions: [LeafList.Question], _ violation: LeafList.Violation?
  ) -> [String] {
    SolverVocabulary.page(.stage2) + LeafList(left.symbol, left.domain).definition(questions)
      + LeafList(right.symbol, right.domain).definition(questions, adding: violation)
      + RangeList("banked", facts.banked.map { [($0, "GICV")] } ?? []).definition()
  }

  private func nothing(_ left: Party, _ right: Party) -> SolverProblem {
    SolverProblem(
      Self.name("pages", left.symbol, right.symbol),
      claim: "no page is reachable by domain \(left.domain.name) and by domain \(right.domain.name), which share no "
        + "channel", sources: sources(left, right),
      violation: "\(right.symbol) also maps a page of \(left.symbol)'s memory"
    ) { isViolated in
      lists(left, right, [], isViolated ? .memory(at: Self.somePage(of: left.domain)) : nil) + [
        "(assert (not (banked p)))", "(assert (\(left.symbol) p))", "(assert (\(right.symbol) p))",
      ]
    }
  }

  private func onlyChannels(_ left: Party, _ right: Party) -> SolverProblem {
    SolverProblem(
      Self.name("pages", left.symbol, right.symbol),
      claim: "a page that domain \(left.domain.name) and domain \(right.domain.name) both reach is a channel's in both "
        + "maps", sources: sources(left, right),
      violation: "\(right.symbol) also maps a page of \(left.symbol)'s memory"
    ) { isViolated in
      lists(left, right, [.private], isViolated ? .memory(at: Self.somePage(of: left.domain)) : nil) + [
        "(assert (not (banked p)))", "(assert (or (and (\(left.symbol).private p) (\(right.symbol) p))",
        "            (and (\(left.symbol) p) (\(right.symbol).private p))))",
      ]
    }
  }

  /// The rights on shared pages: none is executable, none is writable from both sides, and none from the side of a
  /// domain that writes no channel which the other reads.
  private func channelRights(_ left: Party, _ right: Party) -> SolverProblem {
    let writers = [(left, right), (right, left)].filter { !facts.isWriter($0.domain.name, to: $1.domain.name) }
    let readOnly = writers.map { "(\($0.0.symbol).writable p)" }
    // A page that a reader may write as well: the first that the other side shares.
    let shared = left.domain.stage2.leaves.first { $0.descriptor >> 2 & 0xF == 0b0101 }
    let violation = LeafList.Violation(
      descriptor: ((shared?.descriptor ?? 0) | 0b11 << 6) & ~(0b11 << 53), level: shared?.level ?? 3)
    return SolverProblem(
      Self.name("channel", left.symbol, right.symbol),
      claim: "of the pages that domain \(left.domain.name) and domain \(right.domain.name) share neither fetches "
        + "instructions, and only a channel's writer may write them",
      sources: sources(left, right),
      violation: "\(right.symbol) may also write and execute what \(left.symbol) shares"
    ) { isViolated in
      lists(left, right, [.writable, .executable], isViolated ? violation : nil) + [
        "(assert (not (banked p)))", "(assert (\(left.symbol) p))", "(assert (\(right.symbol) p))",
        "(assert",
      ]
        + SMTNotation.anyOf(
          [
            "(\(left.symbol).executable p)", "(\(right.symbol).executable p)",
            "(and (\(left.symbol).writable p) (\(right.symbol).writable p))",
          ] + readOnly) + [")"]
    }
  }

  /// That each domain sees as much of channels as the manifest gives it, for writing and for reading.
  var channelSizes: SolverProblem {
    SolverProblem(
      "channel-sizes",
      claim: "each domain maps as many bytes of channels, writable and read-only, as the manifest's channels have",
      sources: domains.map { LeafList($0.symbol, $0.domain).source } + ["the sums on the right are the manifest's"],
      violation: "one domain maps a page too many"
    ) { isViolated in
      let sizes = [
        "; The bytes that a leaf adds to a sum if it is a channel's (Normal Non-cacheable) and S2AP[1] is as asked.",
        "(define-fun channel ((d (_ BitVec 64)) (size (_ BitVec 64)) (write (_ BitVec 1))) (_ BitVec 64)",
        "  (ite (and (= ((_ extract 5 2) d) #b0101) (= ((_ extract 7 7) d) write)) size #x0000000000000000))",
      ]
      let conditions = domains.enumerated().flatMap { index, party in
        ["#b1", "#b0"].flatMap { write in
          sum(party, write: write, isViolated: isViolated && index == 0 && write == "#b0")
        }
      }
      return sizes + ["(assert (or false false"] + conditions + ["))"]
    }
  }

  private func sum(_ party: Party, write: String, isViolated: Bool) -> [String] {
    let name = party.domain.name
    let due = facts.channels.filter { channel in
      write == "#b1" ? channel.writer.value == name : channel.readers.contains { $0.value == name }
    }.reduce(into: UInt64(0)) { $0 &+= $1.size.value }
    let zero = SMTNotation.constant(0)
    var terms = party.domain.stage2.leaves.map { leaf in
      "(channel \(SMTNotation.constant(leaf.descriptor)) \(SMTNotation.constant(leaf.size)) \(write))"
    }
    if isViolated { terms.append("\(SMTNotation.constant(4096)) ; the violation") }
    return ["  ; \(party.symbol), \(write == "#b1" ? "writable" : "read-only")", "  (not (= (bvadd \(zero) \(zero)"]
      + terms.map { "    \($0)" } + ["    ) \(SMTNotation.constant(due))))"]
  }
}
