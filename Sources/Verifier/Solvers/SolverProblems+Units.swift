import Ownership

/// Problems about what is counted and not mapped: interrupts, CPUs, VMIDs, stacks and states.
extension SolverProblems {
  /// The problems.
  var units: [SolverProblem] { [interrupts, cpus, virtualMachines, states] }

  /// INTIDs as a vector of 1024 bits. An INTID that does not fit sets every bit, so that nothing can be proved with it.
  private func vector(_ intids: some Sequence<UInt32>) -> String {
    var words = [UInt32](repeating: 0, count: 32)
    for intid in intids {
      guard intid < 1024 else { return SMTNotation.constant(words: Array(repeating: .max, count: 32)) }
      words[Int(intid / 32)] |= 1 << (intid % 32)
    }
    return SMTNotation.constant(words: words)
  }

  private var interrupts: SolverProblem {
    let table = system.partition
    let own = [
      table.maintenanceINTID, table.virtualTimerINTID, table.physicalTimerINTID, table.hypervisorTimerINTID,
      table.consoleINTID,
    ].filter { $0 != 0 }
    return SolverProblem(
      "interrupts",
      claim: "no interrupt belongs to two domains, or to a domain and EL2; each domain's are SPIs (INTIDs 32 to 1019)",
      sources: [
        "bit n of a vector is INTID n, as the domain's record and the head of the partition table at "
          + "\(table.range.base.hexadecimal) say"
      ],
      violation:
        "one domain also has EL2's maintenance interrupt, and its first interrupt belongs to the last domain as well"
    ) { isViolated in
      let extra = isViolated ? [table.maintenanceINTID] + (domains.first?.domain.record.interrupts.prefix(1) ?? []) : []
      var lines = ["(define-sort Interrupts () (_ BitVec 1024))", "(define-fun el2 () Interrupts \(vector(own)))"]
      for (index, party) in domains.enumerated() {
        let more = index == domains.count - 1 ? extra : []
        lines += SMTNotation.comment("domain \(party.domain.name)")
        lines.append("(define-fun d\(index) () Interrupts \(vector(party.domain.record.interrupts + more)))")
        lines += SMTNotation.comment("those that EL2 makes, which may be no physical ones of the same domain")
        lines.append(
          "(define-fun v\(index) () Interrupts \(vector(party.domain.record.virtualInterrupts)))")
      }
      lines += [
        "(define-fun meet ((a Interrupts) (b Interrupts)) Bool (not (= (bvand a b) (_ bv0 1024))))",
        "(define-fun no-spi ((a Interrupts)) Bool",
        "  (or (not (= ((_ extract 31 0) a) (_ bv0 32))) (not (= ((_ extract 1023 1020) a) #b0000))))", "(assert",
      ]
      let pairs = domains.indices.flatMap { first in
        domains.indices.dropFirst(first + 1).map { "(meet d\(first) d\($0))" }
      }
      return lines
        + SMTNotation.anyOf(
          pairs + domains.indices.flatMap { ["(meet d\($0) el2)", "(meet d\($0) v\($0))", "(no-spi d\($0))"] }) + [")"]
    }
  }

  private var cpus: SolverProblem {
    SolverProblem(
      "cpus", claim: "no two CPU records have one affinity, and no CPU record belongs to two domains",
      sources: [
        "`a0` and so on are the affinities of the CPU records, `d0` and so on the records that a domain's record names, "
          + "one bit each"
      ], violation: "there is one more record with the first one's affinity"
    ) { isViolated in
      let records = system.partition.cpus
      let affinities = records.map(\.affinity) + (isViolated ? [records.first?.affinity ?? 0] : [])
      let all = isViolated && records.isEmpty ? affinities + affinities : affinities
      var lines = all.enumerated().map {
        "(define-fun a\($0.offset) () (_ BitVec 64) \(SMTNotation.constant($0.element)))"
      }
      lines += domains.enumerated().map { index, party in
        "(define-fun d\(index) () (_ BitVec 64) \(SMTNotation.constant(Self.mask(party.domain.record.cpus))))"
          + SMTNotation.remark("domain \(party.domain.name)")
      }
      let shared = domains.indices.flatMap { first in
        domains.indices.dropFirst(first + 1).map {
          "(not (= (bvand d\(first) d\($0)) \(SMTNotation.constant(0))))"
        }
      }
      return lines + ["(assert"] + SMTNotation.anyOf(Self.equalities("a", all.count) + shared) + [")"]
    }
  }

  /// One bit for each record; records beyond the 64th, which the format does not have, set all of them.
  private static func mask(_ records: Range<Int>) -> UInt64 {
    guard records.lowerBound >= 0, records.upperBound <= 64 else { return .max }
    return records.reduce(into: UInt64(0)) { $0 |= 1 << UInt64($1) }
  }

  private static func equalities(_ name: String, _ count: Int) -> [String] {
    (0..<count).flatMap { first in ((first + 1)..<max(count, first + 1)).map { "(= \(name)\(first) \(name)\($0))" } }
  }

  private var virtualMachines: SolverProblem {
    SolverProblem(
      "vmids", claim: "each domain has a VMID of its own other than 0, and tables of its own",
      sources: ["`v0` and so on are VTTBR_EL2 of the domains' records: VMID in bits 63:48, BADDR in bits 47:1"],
      violation: "there is one more domain with the first one's VTTBR_EL2"
    ) { isViolated in
      let values = system.domains.map(\.record.stage2Table)
      let all = values + (isViolated ? [values.first ?? 0] : [])
      let lines = all.enumerated().map {
        "(define-fun v\($0.offset) () (_ BitVec 64) \(SMTNotation.constant($0.element)))"
      }
      let pairs = all.indices.flatMap { first in
        all.indices.dropFirst(first + 1).flatMap { second in
          ["63 48", "47 1"].map { "(= ((_ extract \($0)) v\(first)) ((_ extract \($0)) v\(second)))" }
        }
      }
      let zero = all.indices.map { "(= ((_ extract 63 48) v\($0)) #x0000)" }
      return lines + ["(assert"] + SMTNotation.anyOf(pairs + zero) + [")"]
    }
  }

  /// Stacks and states: two CPUs that shared one would overwrite each other's registers.
  private var states: SolverProblem {
    let parts = system.hypervisor
    let blocks: [(UInt64, UInt64, String)] =
      system.partition.cpus.enumerated().flatMap { index, cpu in
        [
          (cpu.state &- parts.stackSize, parts.stackSize, "stack of CPU record \(index)"),
          (cpu.state, parts.cpuStateSize, "state of CPU record \(index)"),
        ]
      } + system.domains.map { ($0.record.state, parts.domainStateSize, "state of domain \($0.name)") }
      + system.domains.flatMap(\.record.virtualDevices).filter { $0.kind.stateSize > 0 }.map {
        ($0.state, $0.kind.stateSize, "state of virtual device \($0.index)")
      }
    return SolverProblem(
      "states", claim: "no two stacks and states of CPUs and domains overlap, and all lie in the hypervisor's memory",
      sources: [
        "each is an address in a record of the partition table and a size in the image's header; `b` is its first byte, "
          + "`e` the first behind it"
      ], violation: "there is one more block at the first one's address"
    ) { isViolated in
      let all = blocks + (isViolated ? blocks.prefix(1).map { ($0.0, $0.1, "the violation") } : [])
      let lines = all.enumerated().flatMap { index, block in
        [
          "(define-fun b\(index) () (_ BitVec 64) \(SMTNotation.constant(block.0)))" + SMTNotation.remark(block.2),
          "(define-fun e\(index) () (_ BitVec 64) (bvadd b\(index) \(SMTNotation.constant(block.1))))",
        ]
      }
      let range = system.partition.hypervisor
      let outside = all.indices.map {
        "(not (and (bvule \(SMTNotation.constant(range.base)) b\($0)) (bvult b\($0) e\($0)) "
          + "(bvule (bvsub e\($0) #x0000000000000001) \(SMTNotation.constant(range.last)))))"
      }
      let pairs = all.indices.flatMap { first in
        all.indices.dropFirst(first + 1).map { "(and (bvult b\(first) e\($0)) (bvult b\($0) e\(first)))" }
      }
      return lines + ["(assert"] + SMTNotation.anyOf(outside + pairs) + [")"]
    }
  }
}
