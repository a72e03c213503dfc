import ImageFormat
import Synchronization

/// The health page as EL2 writes it. It is the only memory that EL2 and domains share: EL2 writes, and never reads what it
/// has not written. The page is mapped Non-cacheable, where exclusive accesses may not work, so what keeps two writers of an
/// entry apart is a word in the domain's state.
public struct HealthPage<H: Hardware> {
  let hardware: H
  let partition: PartitionHandle
  /// Physical address.
  let base: UInt64

  /// The page; nil where no domain may read it.
  public init?(hardware: H, partition: PartitionHandle) {
    if partition.table.healthPage == 0 { return nil }
    self.hardware = hardware
    self.partition = partition
    base = partition.table.healthPage
  }

  /// Writes the whole page before any domain runs. What was in it before is gone.
  ///
  /// - Parameter frequency: ticks of the counter in a second.
  public func begin(frequency: UInt64) {
    for offset in stride(from: UInt64(0), to: HealthLayout.pageSize, by: 8) { hardware.store64(base &+ offset, 0) }
    hardware.store32(base + HealthLayout.Head.version, HealthLayout.version)
    hardware.store32(base + HealthLayout.Head.entryCount, partition.table.domainCount)
    hardware.store32(base + HealthLayout.Head.headSize, UInt32(HealthLayout.headSize))
    hardware.store32(base + HealthLayout.Head.entrySize, UInt32(HealthLayout.entrySize))
    hardware.store64(base + HealthLayout.Head.frequency, frequency)
    for index in 0..<partition.table.domainCount {
      let domain = partition.domainHandle(index)
      for letter in 0..<domain.nameLength {
        hardware.store8(
          entry(of: domain) + HealthLayout.Entry.name + UInt64(letter), domain.record.name[letter])
      }
    }
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    hardware.store64(base + HealthLayout.Head.magic, HealthLayout.magic)
  }

  /// A domain's state changes.
  public func enter(_ state: HealthState, _ domain: DomainHandle) {
    update(domain) { entry in
      store(entry, HealthLayout.Entry.state, state.rawValue)
      if state == .running { hardware.store64(entry + HealthLayout.Entry.startTime, hardware.counter) }
      if state == .restarting { increment(entry, HealthLayout.Entry.restarts) }
    }
  }

  /// Something ends a run of a domain.
  ///
  /// - Parameter cpu: the domain's CPU that did it, where it was one.
  public func record(_ fault: HealthFault, _ domain: DomainHandle, address: UInt64, pc: UInt64, cpu: Int = 0) {
    update(domain) { entry in
      increment(entry, HealthLayout.Entry.faults)
      if fault == .watchdog { increment(entry, HealthLayout.Entry.watchdogExpiries) }
      store(entry, HealthLayout.Entry.faultKind, fault.rawValue)
      store(entry, HealthLayout.Entry.faultCPU, UInt32(truncatingIfNeeded: cpu))
      hardware.store64(entry + HealthLayout.Entry.faultAddress, address)
      hardware.store64(entry + HealthLayout.Entry.faultPC, pc)
      hardware.store64(entry + HealthLayout.Entry.faultTime, hardware.counter)
    }
  }

  /// A domain's watchdog changes.
  public func watchdog(_ state: HealthWatchdog, _ domain: DomainHandle) {
    update(domain) { entry in store(entry, HealthLayout.Entry.watchdog, state.rawValue) }
  }

  /// EL2 refused a domain something, and has counted it.
  public func refused(_ domain: DomainHandle) { update(domain) { _ in } }

  /// Rounds that a writer waits for another one, which writes a few words with interrupts masked. It gives up where EL2
  /// failed in between.
  static var patience: Int { 1000 }

  /// Changes an entry, with the counters as they are.
  @inline(__always)
  func update(_ domain: DomainHandle, _ body: (UInt64) -> Void) {
    let entry = entry(of: domain)
    if !open(entry, domain) { return }
    body(entry)
    close(entry, domain)
  }

  /// Makes the sequence odd, alone; false if another writer does not come to its end.
  @inline(never)
  func open(_ entry: UInt64, _ domain: DomainHandle) -> Bool {
    var left = Self.patience
    while domain.state.healthWriter.exchange(1, ordering: .acquiring) != 0 {
      left -= 1
      if left == 0 { return false }
    }
    increment(entry, HealthLayout.Entry.sequence)
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    return true
  }

  /// Brings the counters up to date, and makes the sequence even again.
  @inline(never)
  func close(_ entry: UInt64, _ domain: DomainHandle) {
    store(entry, HealthLayout.Entry.refusedAccesses, domain.state.refusedAccesses.load(ordering: .relaxed))
    store(entry, HealthLayout.Entry.refusedCalls, domain.state.refusedCalls.load(ordering: .relaxed))
    store(entry, HealthLayout.Entry.undefinedInstructions, domain.state.undefinedInstructions.load(ordering: .relaxed))
    store(entry, HealthLayout.Entry.ignoredSetWay, domain.state.ignoredSetWay.load(ordering: .relaxed))
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    increment(entry, HealthLayout.Entry.sequence)
    domain.state.healthWriter.store(0, ordering: .releasing)
  }

  /// Where a domain's entry is: VTTBR_EL2 has its index + 1 as the VMID.
  func entry(of domain: DomainHandle) -> UInt64 {
    let index = (domain.record.stage2Table >> 48 &- 1) & 0xFF
    return base &+ HealthLayout.headSize &+ index &* HealthLayout.entrySize
  }

  func store(_ entry: UInt64, _ offset: UInt64, _ value: UInt32) { hardware.store32(entry &+ offset, value) }

  func increment(_ entry: UInt64, _ offset: UInt64) {
    store(entry, offset, hardware.load32(entry &+ offset) &+ 1)
  }
}
