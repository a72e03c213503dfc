import Ownership

/// Problems about what one domain can reach.
extension SolverProblems {
  /// The problems of one domain.
  func reach(_ symbol: String, _ domain: FinishedDomain) -> [SolverProblem] {
    [
      hypervisorMemory(symbol, domain), hypervisorDevices(symbol, domain), hypervisorMapped(symbol, domain),
      reserved(symbol, domain), memoryTypes(symbol, domain), attributes(symbol, domain),
    ]
  }

  private func hypervisorMemory(_ symbol: String, _ domain: FinishedDomain) -> SolverProblem {
    let list = LeafList(symbol, domain)
    let kept = RangeList("hypervisor", hypervisorRanges)
    return SolverProblem(
      Self.name("hypervisor-memory", symbol),
      claim: "domain \(domain.name) reaches no byte of the hypervisor's memory and no translation table",
      sources: [
        list.source, "`hypervisor` holds the range in the partition table and every table that the walk found",
      ],
      violation: "\(symbol) also maps the first page of the hypervisor"
    ) { isViolated in
      SolverVocabulary.page(.stage2)
        + list.definition(adding: isViolated ? .memory(at: system.partition.hypervisor.base) : nil)
        + kept.definition() + ["(assert (hypervisor p))", "(assert (\(symbol) p))"]
    }
  }

  /// The hypervisor's range and every table, wherever it lies.
  private var hypervisorRanges: [(range: AddressRange, what: String)] {
    [(system.partition.hypervisor, "the hypervisor's memory by the partition table at \(system.partition.range)")]
      + tableRanges
  }

  /// Every table that the walks found.
  var tableRanges: [(range: AddressRange, what: String)] {
    let readings = [("EL2", system.hypervisorMap)] + system.domains.map { ($0.name, $0.stage2) }
    return readings.flatMap { owner, reading in
      [(reading.root, "root of \(owner)'s tables")]
        + reading.tables.compactMap { address in
          AddressRange(base: address, size: 4096).map { ($0, "table of \(owner)") }
        }
    }
  }

  private func hypervisorDevices(_ symbol: String, _ domain: FinishedDomain) -> SolverProblem {
    let list = LeafList(symbol, domain)
    let devices = RangeList("devices", facts.forbidden + recordedDevices)
    return SolverProblem(
      Self.name("hypervisor-devices", symbol),
      claim: "domain \(domain.name) reaches no register of the interrupt controller, of an SMMU or of EL2's UART",
      sources: [
        list.source, "`devices` holds the windows in the board's tree and the addresses in the partition table",
      ],
      violation: "\(symbol) also maps the distributor's first page"
    ) { isViolated in
      SolverVocabulary.page(.stage2)
        + list.definition(adding: isViolated ? .device(at: system.partition.distributor) : nil)
        + devices.definition() + ["(assert (devices p))", "(assert (\(symbol) p))"]
    }
  }

  /// Devices by the partition table: a GICv3's distributor is 64 KiB and a redistributor 128 KiB (Arm IHI 0069, 12.10),
  /// a GICv2's distributor and GICH 4 KiB, its CPU interface 8 KiB (Arm IHI 0048, 4.1).
  private var recordedDevices: [(range: AddressRange, what: String)] {
    let table = system.partition
    let isThree = table.gicVersion == 3
    let places: [(UInt64, UInt64, String)] =
      [(table.distributor, isThree ? 64 << 10 : 4 << 10, "the distributor in the partition table")]
      + (isThree
        ? table.cpus.map { ($0.redistributor, 128 << 10, "the redistributor of CPU \($0.affinity.hexadecimal)") }
        : [(table.cpuInterface, 8 << 10, "GICC"), (table.hypervisorInterface, 4 << 10, "GICH")])
      + (table.consoleKind == 0 ? [] : [(table.consoleBase, 4 << 10, "EL2's UART in the partition table")])
    return places.compactMap { base, size, what in AddressRange(base: base, size: size).map { ($0.pages, what) } }
  }

  private func hypervisorMapped(_ symbol: String, _ domain: FinishedDomain) -> SolverProblem {
    let list = LeafList(symbol, domain)
    return SolverProblem(
      Self.name("hypervisor-map", symbol),
      claim:
        "EL2 maps nothing that domain \(domain.name) reaches, but for the health page, which the domain only reads",
      sources: [list.source, hypervisorMap.source, "`health` holds the health page by the partition table"],
      violation: "EL2 also maps a page of \(symbol)'s memory"
    ) { isViolated in
      SolverVocabulary.page(.stage1, .stage2) + list.definition([.writable, .executable])
        + RangeList("health", system.healthPage.map { [($0, "the health page")] } ?? []).definition()
        + hypervisorMap.definition(adding: isViolated ? .hypervisorData(at: Self.somePage(of: domain)) : nil)
        + [
          "(assert (\(symbol) p))", "(assert (hypervisor-map p))",
          "(assert (or (not (health p)) (\(symbol).writable p) (\(symbol).executable p)))",
        ]
    }
  }

  private func reserved(_ symbol: String, _ domain: FinishedDomain) -> SolverProblem {
    let list = LeafList(symbol, domain)
    let kept = RangeList(
      "reserved", facts.reserved.filter { !$0.grantedTo.contains(domain.name) }.map { ($0.range, $0.what) })
    return SolverProblem(
      Self.name("reserved", symbol),
      claim: "domain \(domain.name) reaches no reserved memory but what the manifest grants it",
      sources: [list.source, "`reserved` holds what the board's tree and the manifest set aside, in whole pages"],
      violation: "a page of \(symbol)'s memory is reserved"
    ) { isViolated in
      SolverVocabulary.page(.stage2) + list.definition()
        + kept.definition(adding: isViolated ? AddressRange(base: Self.somePage(of: domain), size: 4096) : nil)
        + ["(assert (reserved p))", "(assert (\(symbol) p))"]
    }
  }

  private func memoryTypes(_ symbol: String, _ domain: FinishedDomain) -> SolverProblem {
    let list = LeafList(symbol, domain)
    // Granted memory that no memory node shows is RAM all the same.
    let granted = facts.reserved.filter { $0.grantedTo.contains(domain.name) }.map { ($0.range, $0.what) }
    let violation =
      facts.banks.first.map { LeafList.Violation.device(at: $0.range.pages.base) } ?? .memory(at: 0)
    return SolverProblem(
      Self.name("memory-types", symbol),
      claim: "domain \(domain.name) has Normal memory only in RAM, and RAM only as Normal memory",
      sources: [list.source, "`banks` holds the RAM by the manifest or else by the board's tree"],
      violation: "\(symbol) also maps a page with the memory type of registers where RAM is"
    ) { isViolated in
      SolverVocabulary.page(.stage2) + list.definition([.normal, .device], adding: isViolated ? violation : nil)
        + RangeList("banks", facts.banks).definition() + RangeList("granted", granted).definition()
        + [
          "(assert (or (and (\(symbol).normal p) (not (banks p)) (not (granted p)))",
          "            (and (\(symbol).device p) (banks p))))",
        ]
    }
  }
}
