import HypervisorCore
import HypervisorEntry
import ImageFormat

/// The physical GICv3 before domains run (Arm IHI 0069, 12.8 to 12.10).
enum InterruptSetup {
  /// Priority of domains' lines, and of EL2's own, which go first.
  static var domainPriorities: UInt32 { 0xA0A0_A0A0 }
  static var ownPriority: UInt32 { 0x80 }

  /// Waits for register writes to take effect (GICD_CTLR.RWP, bit 31; GICR_CTLR.RWP, bit 3), within a bound.
  static func waitForWrites(_ address: UInt64, _ bit: UInt32) {
    for _ in 0..<100_000 where load_device32(address) & bit == 0 { return }
  }

  /// The distributor, once: every SPI off, those of domains set up and routed to the domain's first CPU.
  static func startDistributor(_ partition: PartitionHandle) {
    let base = partition.table.distributor
    var control = load_device32(base)
    if control & 1 << 4 == 0 {
      // ARE (4) may change only while the groups are off.
      store_device32(base, 0)
      waitForWrites(base, 1 << 31)
      store_device32(base, 1 << 4)
      control = 1 << 4
    }
    let words = load_device32(base + UInt64(DistributorRegister.type)) & 31
    if words > 0 {
      for word in 1...UInt64(words) { store_device32(base + UInt64(DistributorRegister.clearEnable) + word * 4, .max) }
    }
    waitForWrites(base, 1 << 31)
    for index in 0..<partition.table.domainCount {
      let domain = partition.domainHandle(index)
      domain.prepare(highestWord: assign(domain, base))
    }
    if partition.table.consoleINTID != 0 { assignConsole(partition, base) }
    // EnableGrp1, which is bit 1 both with one security state and, as EnableGrp1A, in the non-secure view of two.
    store_device32(base, control | 1 << 1)
    waitForWrites(base, 1 << 31)
  }

  /// Sets up the lines of a domain; returns the last word of `interrupts` that has any.
  static func assign(_ domain: DomainHandle, _ base: UInt64) -> UInt32 {
    let affinity = domain.cpu(0).affinity
    var highest: UInt32 = 0
    for word in 1..<32 {
      var lines = domain.record.interrupts[word]
      if lines == 0 { continue }
      highest = UInt32(word)
      let offset = UInt64(word) * 4
      let missing = claim(lines, base + offset)
      if missing != 0 { Start.refuse(line: UInt32(word * 32 + missing.trailingZeroBitCount), of: domain) }
      store_device32(base + UInt64(DistributorRegister.clearPending) + offset, lines)
      store_device32(base + UInt64(DistributorRegister.clearActive) + offset, lines)
      while lines != 0 {
        let line = UInt32(word * 32 + lines.trailingZeroBitCount)
        let isEdge = domain.record.edgeInterrupts[word] & lines & (0 &- lines) != 0
        lines &= lines &- 1
        set(line, base, priority: domainPriorities & 0xFF, isEdge: isEdge, affinity: affinity)
      }
    }
    return highest
  }

  static func assignConsole(_ partition: PartitionHandle, _ base: UInt64) {
    let line = partition.table.consoleINTID
    guard (32..<1020).contains(line) else { return }
    let offset = UInt64(line >> 5) * 4
    // Sound: the record is part of the mapped table.
    let affinity = unsafe partition.cpu(partition.table.consoleCPU).pointee.affinity
    let missing = claim(1 << (line & 31), base + offset)
    if missing != 0 { Start.refuse(line: line, of: nil) }
    set(line, base, priority: ownPriority, isEdge: false, affinity: affinity)
    store_device32(base + UInt64(DistributorRegister.setEnable) + offset, 1 << (line & 31))
  }

  /// Puts lines of a word into Group 1 and tries whether they can be enabled; returns those that cannot: they do not
  /// exist, or they belong to the secure world. With two security states the groups read as zero here (12.9.7), so that
  /// they tell nothing. No CPU takes an interrupt meanwhile: the domains' CPUs have not left EL2.
  ///
  /// - Parameter registers: the distributor, at the word.
  static func claim(_ lines: UInt32, _ registers: UInt64) -> UInt32 {
    let group = registers + UInt64(DistributorRegister.group)
    store_device32(group, load_device32(group) | lines)
    let enable = registers + UInt64(DistributorRegister.setEnable)
    store_device32(enable, lines)
    let enabled = load_device32(enable)
    store_device32(registers + UInt64(DistributorRegister.clearEnable), lines)
    return lines & ~enabled
  }

  static func set(_ line: UInt32, _ base: UInt64, priority: UInt32, isEdge: Bool, affinity: UInt64) {
    let priorities = base + UInt64(DistributorRegister.priority) + UInt64(line & ~3)
    let shift = (line & 3) * 8
    store_device32(priorities, load_device32(priorities) & ~(0xFF << shift) | priority << shift)
    let configuration = base + UInt64(DistributorRegister.configuration) + UInt64(line >> 4) * 4
    let edge: UInt32 = 2 << ((line & 15) * 2)
    let old = load_device32(configuration)
    store_device32(configuration, isEdge ? old | edge : old & ~edge)
    store_device64(base + UInt64(DistributorRegister.route) + UInt64(line) * 8, affinity)
  }

  /// The calling CPU's redistributor: awake, every SGI and PPI in Group 1 and off but for EL2's own.
  static func startRedistributor(_ cpu: CPUHandle) {
    let redistributor = cpu.record.redistributor
    let waker = redistributor + UInt64(DistributorRegister.waker)
    store_device32(waker, load_device32(waker) & ~(1 << 1))
    for _ in 0..<100_000 where load_device32(waker) & 1 << 2 == 0 { break }
    let frame = redistributor + UInt64(DistributorRegister.interruptFrame)
    store_device32(frame + UInt64(DistributorRegister.clearEnable), .max)
    waitForWrites(redistributor, 1 << 3)
    store_device32(frame + UInt64(DistributorRegister.clearPending), .max)
    store_device32(frame + UInt64(DistributorRegister.clearActive), .max)
    store_device32(frame + UInt64(DistributorRegister.group), .max)
    for word in 0..<UInt64(8) {
      store_device32(frame + UInt64(DistributorRegister.priority) + word * 4, domainPriorities)
    }
    let maintenance = cpu.partition.table.maintenanceINTID
    let timer = cpu.partition.table.hypervisorTimerINTID
    let own =
      1 << Machine.kickLine | OwnState.privateBit(maintenance)
      | OwnState.privateBit(timer)
    setPrivatePriority(frame, Machine.kickLine)
    setPrivatePriority(frame, maintenance & 31)
    setPrivatePriority(frame, timer & 31)
    store_device32(frame + UInt64(DistributorRegister.setEnable), own)
  }

  static func setPrivatePriority(_ frame: UInt64, _ line: UInt32) {
    let address = frame + UInt64(DistributorRegister.priority) + UInt64(line & ~3)
    let shift = (line & 3) * 8
    store_device32(address, load_device32(address) & ~(0xFF << shift) | ownPriority << shift)
  }
}
