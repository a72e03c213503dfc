import Ownership

/// What the records of a partition table have to say of each other, and the values that their fields can take at all.
/// What they have to be on this board and by this manifest is for claims.
struct PartitionCheck {
  private typealias Head = PartitionOffsets.Head
  private typealias Domain = PartitionOffsets.Domain
  private typealias CPU = PartitionOffsets.CPU

  /// For messages.
  let records: RecordBytes
  let table: PartitionReading
  /// Offsets of the first records.
  let cpusAt: Int
  let domainsAt: Int

  /// Refuses the first thing that does not fit.
  func run() throws(VerifierError) {
    try checkController()
    try checkConsole()
    try checkStart()
    var names: Set<String> = []
    for (index, domain) in table.domains.enumerated() {
      let place = domainsAt + index * Domain.total
      try records.require(names.insert(domain.name).inserted, at: place, "has two domains named \(domain.name)")
      try check(domain, at: place)
      try checkMemory(domain, at: place)
    }
    var affinities: Set<UInt64> = []
    for (index, cpu) in table.cpus.enumerated() {
      let place = cpusAt + index * CPU.total
      try records.require(
        affinities.insert(cpu.affinity).inserted, at: place, "has two records of CPU \(cpu.affinity.hexadecimal)")
      try check(cpu, index, at: place)
    }
  }

  private func checkController() throws(VerifierError) {
    let hasGICv2Pages = table.cpuInterface != 0 && table.hypervisorInterface != 0
    let hasNone = table.cpuInterface == 0 && table.hypervisorInterface == 0
    try records.require(
      table.gicVersion == 2 || table.gicVersion == 3, at: Head.gicVersion, "has GIC version \(table.gicVersion)")
    try records.require(
      table.gicVersion == 2 ? hasGICv2Pages : hasNone, at: Head.cpuInterface,
      "has addresses of GICC and GICH that do not go with a GICv\(table.gicVersion)")
    try records.require(table.distributor != 0, at: Head.distributor, "has no distributor")
    // PPIs (Arm IHI 0069, “INTIDs”); EL2's own interrupts and the timers are all private to a CPU.
    let privates = [
      (Head.maintenanceINTID, table.maintenanceINTID), (Head.virtualTimerINTID, table.virtualTimerINTID),
      (Head.physicalTimerINTID, table.physicalTimerINTID), (Head.hypervisorTimerINTID, table.hypervisorTimerINTID),
    ]
    for (place, intid) in privates {
      try records.require((16..<32).contains(intid), at: place, "has INTID \(intid), which is no PPI")
    }
    try records.require(
      Set(privates.map(\.1)).count == privates.count, at: Head.maintenanceINTID, "has one PPI for two purposes")
    try records.require(
      table.healthPage % 4096 == 0, at: Head.healthPage, "has a health page that does not start on a page")
    try records.require(table.machineFlags & ~1 == 0, at: Head.machineFlags, "has machine flags that mean nothing")
  }

  private func checkConsole() throws(VerifierError) {
    try records.require(table.consoleKind <= 4, at: Head.consoleKind, "has console kind \(table.consoleKind)")
    let isThere = table.consoleKind != 0
    try records.require(
      isThere == (table.consoleBase != 0), at: Head.consoleBase,
      "has a UART of kind \(table.consoleKind) at \(table.consoleBase.hexadecimal)")
    try records.require(
      table.consoleINTID == 0 || isThere && (32..<PartitionLimits.interrupts).contains(table.consoleINTID),
      at: Head.consoleINTID, "has INTID \(table.consoleINTID) for its UART")
    let reached = table.domains.filter { !$0.hasDirectInterrupts }
    let lowest = reached.map(\.criticality).min()
    let owner = reached.first { $0.criticality == lowest } ?? table.domains.first
    try records.require(
      owner.map { Int(table.consoleCPU) == $0.cpus.lowerBound } ?? false, at: Head.consoleCPU,
      "sends its UART's interrupts to CPU record \(table.consoleCPU), not to the starting CPU of the first domain of "
        + "the lowest criticality among those whose CPUs' interrupts are the hypervisor's")
    try records.require(
      table.consoleINTID == 0 || !reached.isEmpty, at: Head.consoleINTID,
      "has an interrupt of its UART, and no CPU whose interrupts are the hypervisor's")
  }

  private func checkStart() throws(VerifierError) {
    try records.require(
      table.cpuStart == 1 || table.cpuStart == 2, at: Head.cpuStart, "starts CPUs in way \(table.cpuStart)")
    try records.require(
      Int(table.bootCPU) < table.cpus.count, at: Head.bootCPU,
      "boots on CPU record \(table.bootCPU) of \(table.cpus.count)")
    // Arm DDI 0487, D19.2, ID_AA64MMFR0_EL1.PARange, without the 56 bits of FEAT_D128.
    try records.require(
      [32, 36, 40, 42, 44, 48, 52].contains(table.physicalAddressBits), at: Head.physicalAddressBits,
      "relies on \(table.physicalAddressBits) physical address bits, which no CPU has")
  }

  private func check(_ domain: DomainReading, at place: Int) throws(VerifierError) {
    let name = domain.name
    try records.require(domain.onFault <= 2, at: place + Domain.onFault, "has no such fault policy for domain \(name)")
    let limits: ClosedRange<UInt32> = domain.restart == nil ? 0...0 : 1...PartitionLimits.restarts
    try records.require(
      (domain.onFault == 2) == (domain.restart != nil) && limits.contains(domain.restartLimit),
      at: place + Domain.restart,
      "has a restart record or limit of domain \(name) that does not go with its fault policy")
    try records.require(
      domain.criticality <= 4, at: place + Domain.criticality, "has no such criticality for domain \(name)")
    try records.require(
      domain.features & ~0b1111 == 0, at: place + Domain.features, "gives domain \(name) features that mean nothing")
    // Bit 1 of the features are the performance monitors; their interrupt is a PPI that nothing else has.
    let taken: Set = [
      table.maintenanceINTID, table.virtualTimerINTID, table.physicalTimerINTID, table.hypervisorTimerINTID,
    ]
    try records.require(
      domain.features & 0b10 == 0
        ? domain.pmuINTID == 0 : (16..<32).contains(domain.pmuINTID) && !taken.contains(domain.pmuINTID),
      at: place + Domain.pmuINTID, "gives domain \(name)'s performance monitors INTID \(domain.pmuINTID)")
    try records.require(
      domain.flags & ~1 == 0, at: place + Domain.flags, "gives domain \(name) flags that mean nothing")
    try records.require(
      !domain.hasDirectInterrupts || table.gicVersion == 3 && domain.cpus.count == 1 && domain.consoleBase == 0,
      at: place + Domain.flags,
      "lets domain \(name) take its interrupts at EL1, which goes with a GICv3, one CPU and no virtual console only")
    try records.require(
      (domain.consoleBase == 0) == (domain.consoleINTID == 0), at: place + Domain.consoleBase,
      "gives domain \(name) a virtual UART without an INTID or an INTID without a UART")
    try records.require(
      domain.consoleBase % 4096 == 0, at: place + Domain.consoleBase,
      "gives domain \(name) a virtual UART that does not start on a page")
    try records.require(
      domain.consoleINTID == 0 || (32..<PartitionLimits.interrupts).contains(domain.consoleINTID),
      at: place + Domain.consoleINTID, "gives domain \(name)'s virtual UART INTID \(domain.consoleINTID)")
    try records.require(
      (table.gicVersion == 3) == (domain.redistributor != 0), at: place + Domain.redistributor,
      "gives domain \(name) redistributors that do not go with a GICv\(table.gicVersion)")
    try records.require(
      Set(domain.calls).count == domain.calls.count, at: place + Domain.firstCallRange,
      "lets domain \(name) through to a firmware function twice")
  }

  private func checkMemory(_ domain: DomainReading, at place: Int) throws(VerifierError) {
    let regions = domain.regions.sorted()
    for (region, next) in zip(regions, regions.dropFirst()) {
      try records.require(
        next.base > region.last, at: place + Domain.firstRegion,
        "gives domain \(domain.name) the overlapping regions \(region) and \(next)")
    }
    // A64 instructions are words (Arm DDI 0487, C2); trees start at multiples of 8 (devicetree specification, 5.1).
    let places: [(Int, UInt64, UInt64, String)] = [
      (Domain.entry, domain.entry, 4, "entry"), (Domain.treeAddress, domain.treeAddress, 8, "tree"),
    ]
    for (offset, address, alignment, what) in places {
      try records.require(
        address % alignment == 0 && regions.contains { $0.contains(address) }, at: place + offset,
        "has the \(what) of domain \(domain.name) at \(address.hexadecimal), "
          + "not at a multiple of \(alignment) in its RAM")
    }
  }

  /// Records stand domain by domain, in each domain's order; one of no domain is the boot CPU's, and the last.
  private func check(_ cpu: CPUReading, _ index: Int, at place: Int) throws(VerifierError) {
    let isBoot = index == Int(table.bootCPU)
    if let domain = cpu.domain {
      let range = table.domains.indices.contains(domain) ? table.domains[domain].cpus : 0..<0
      try records.require(
        range.contains(index), at: place + CPU.domain,
        "gives CPU record \(index) to domain record \(domain), which does not list it")
      try records.require(
        Int(cpu.virtualIndex) == index - range.lowerBound, at: place + CPU.virtualIndex,
        "calls CPU record \(index) CPU \(cpu.virtualIndex) of its domain, and it is CPU \(index - range.lowerBound)")
    } else {
      let taken = table.domains.last?.cpus.upperBound
      try records.require(
        isBoot && index == table.cpus.count - 1 && index == taken && cpu.virtualIndex == 0, at: place + CPU.domain,
        "has CPU record \(index) of no domain that is not the boot CPU's behind all others")
    }
    try records.require(
      (table.gicVersion == 3) == (cpu.redistributor != 0), at: place + CPU.redistributor,
      "gives CPU record \(index) a redistributor that does not go with a GICv\(table.gicVersion)")
    try records.require(
      (table.cpuStart == 2 && !isBoot) == (cpu.releaseAddress != 0), at: place + CPU.releaseAddress,
      "gives CPU record \(index) a release address that does not go with how it starts")
    try records.require(
      cpu.state % 64 == 0, at: place + CPU.state, "gives CPU record \(index) a state that is not aligned")
  }
}
