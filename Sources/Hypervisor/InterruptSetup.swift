import HypervisorCore
import HypervisorEntry
import ImageFormat

/// The physical GIC before domains run (Arm IHI 0069, 12.8 to 12.10; IHI 0048, 4.3). What differs between versions stands
/// in the folder of each.
enum InterruptSetup {
  /// Priority of domains' lines, and of EL2's own, which go first.
  static var domainPriorities: UInt32 { 0xA0A0_A0A0 }
  static var ownPriority: UInt32 { 0x80 }

  /// The distributor, once: every SPI off.
  static func startDistributor(_ partition: PartitionHandle) {
    let base = partition.table.distributor
    prepareDistributor(base)
    let words = load_device32(base + UInt64(DistributorRegister.type)) & 31
    if words > 0 {
      for word in 1...UInt64(words) { store_device32(base + UInt64(DistributorRegister.clearEnable) + word * 4, .max) }
    }
    waitForDistributor(base)
  }

  /// The lines of domains set up and sent to the domain's first CPU, once every CPU has started: on a GICv2 each has
  /// found out by then which of the interfaces is its own. Then the distributor is on.
  static func assignLines(_ partition: PartitionHandle) {
    let base = partition.table.distributor
    for index in 0..<partition.table.domainCount {
      let domain = partition.domainHandle(index)
      domain.prepare(highestWord: assign(domain, base))
    }
    if partition.table.consoleINTID != 0 {
      assignOwn(partition.table.consoleINTID, isEdge: false, cpu: partition.table.consoleCPU)
    }
    Streams.assignLines()
    enableDistributor(base)
  }

  /// Sets up the lines of a domain; returns the last word of `interrupts` that has any.
  static func assign(_ domain: DomainHandle, _ base: UInt64) -> UInt32 {
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
        // Priorities of a direct domain are the hardware's, and as after a reset.
        let priority = domain.isDirect ? 0 : domainPriorities & 0xFF
        set(line, base, priority: priority, isEdge: isEdge, target: domain.cpu(0))
      }
    }
    return highest
  }

  /// No line of a domain reaches any CPU.
  static func turnOff(_ domain: DomainHandle, _ base: UInt64) {
    for word in 1..<32 where domain.record.interrupts[word] != 0 {
      store_device32(
        base + UInt64(DistributorRegister.clearEnable) + UInt64(word) * 4, domain.record.interrupts[word])
    }
    waitForDistributor(base)
  }

  /// Lines of a domain that are off become what they were at the first start: neither pending nor active, and sent to the
  /// domain's first CPU. Only registers and bytes of these lines are written, as others go on using theirs.
  static func reset(_ domain: DomainHandle, _ base: UInt64) {
    for word in 1..<32 {
      var lines = domain.record.interrupts[word]
      if lines == 0 { continue }
      store_device32(base + UInt64(DistributorRegister.clearPending) + UInt64(word) * 4, lines)
      store_device32(base + UInt64(DistributorRegister.clearActive) + UInt64(word) * 4, lines)
      while lines != 0 {
        send(UInt32(word * 32 + lines.trailingZeroBitCount), base, to: domain.cpu(0))
        lines &= lines &- 1
      }
    }
  }

  /// Sets up a line of EL2's own and sends it to a CPU.
  static func assignOwn(_ line: UInt32, isEdge: Bool, cpu: UInt32) {
    guard (32..<1020).contains(line) else { return }
    let partition = Current.cpu.partition
    let base = partition.table.distributor
    let offset = UInt64(line >> 5) * 4
    // Sound: the record is part of the mapped table.
    let target = unsafe partition.cpu(cpu).pointee
    let missing = claim(1 << (line & 31), base + offset)
    if missing != 0 { Start.refuse(line: line, of: nil) }
    set(line, base, priority: ownPriority, isEdge: isEdge, target: target)
    store_device32(base + UInt64(DistributorRegister.setEnable) + offset, 1 << (line & 31))
  }

  /// Makes a line of EL2's own come once more.
  static func pend(_ line: UInt32) {
    let register = UInt64(DistributorRegister.setPending) + UInt64(line >> 5) * 4
    store_device32(Current.cpu.partition.table.distributor + register, 1 << (line & 31))
  }

  /// Puts lines of a word into Group 1, or on a GICv2 with one security state into Group 0, and tries whether they can be
  /// enabled; returns those that cannot: they do not exist, or they belong to the secure world. With two security states
  /// the groups read as zero here (IHI 0069, 12.9.7; IHI 0048, 4.3.4), so that they tell nothing. No CPU takes an
  /// interrupt meanwhile: the domains' CPUs have not left EL2.
  ///
  /// - Parameter registers: the distributor, at the word.
  static func claim(_ lines: UInt32, _ registers: UInt64) -> UInt32 {
    let group = registers + UInt64(DistributorRegister.group)
    store_device32(group, Machine.isGICv2 ? 0 : load_device32(group) | lines)
    let enable = registers + UInt64(DistributorRegister.setEnable)
    store_device32(enable, lines)
    let enabled = load_device32(enable)
    store_device32(registers + UInt64(DistributorRegister.clearEnable), lines)
    return lines & ~enabled
  }

  static func set(_ line: UInt32, _ base: UInt64, priority: UInt32, isEdge: Bool, target: CPURecord) {
    let priorities = base + UInt64(DistributorRegister.priority) + UInt64(line & ~3)
    let shift = (line & 3) * 8
    store_device32(priorities, load_device32(priorities) & ~(0xFF << shift) | priority << shift)
    let configuration = base + UInt64(DistributorRegister.configuration) + UInt64(line >> 4) * 4
    let edge: UInt32 = 2 << ((line & 15) * 2)
    let old = load_device32(configuration)
    store_device32(configuration, isEdge ? old | edge : old & ~edge)
    send(line, base, to: target)
  }

  /// The calling CPU's SGIs and PPIs: all of them off but for EL2's own.
  ///
  /// - Returns: false if firmware kept one that EL2 or the domain needs, which is reported then. Without its own SGI, EL2
  ///   could not stop this CPU.
  static func startPrivateLines(_ cpu: CPUHandle) -> Bool {
    let frame = Machine.privateFrame(cpu.record)
    preparePrivateLines(cpu, frame)
    // The timers and the maintenance interrupt are levels, whatever firmware made of the PPIs (ICFGR1).
    store_device32(frame + UInt64(DistributorRegister.configuration) + 4, 0)
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
    let missing = claim(own | cpu.own.privateLines, frame)
    if missing != 0 {
      reportMissing(UInt32(truncatingIfNeeded: missing.trailingZeroBitCount))
      return false
    }
    store_device32(frame + UInt64(DistributorRegister.setEnable), own)
    return true
  }

  static func reportMissing(_ line: UInt32) {
    let report = Current.report
    report.text("refused to start: interrupt ")
    report.decimal(UInt64(line))
    report.text(" cannot be enabled on CPU record ")
    report.decimal(UInt64(Current.cpu.own.index))
    report.text(": it does not exist there, or belongs to the secure world")
    report.send()
  }

  static func setPrivatePriority(_ frame: UInt64, _ line: UInt32) {
    let address = frame + UInt64(DistributorRegister.priority) + UInt64(line & ~3)
    let shift = (line & 3) * 8
    store_device32(address, load_device32(address) & ~(0xFF << shift) | ownPriority << shift)
  }
}
