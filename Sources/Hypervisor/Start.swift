import HypervisorCore
import HypervisorEntry
import ImageFormat
import Synchronization

/// Where `boot.S` hands over, on every CPU, with the MMU on: compares the machine with the image, and starts the CPU's
/// part of its domain once all CPUs agree. Never returns.
///
/// - Parameters:
///   - table: address of the partition table.
///   - index: the CPU's record.
@c(hypervisor_start)
func hypervisorStart(_ table: UInt64, _ index: UInt32) {
  // Sound: boot.S read the address from the header, where the compiler put it, and has loaded the CPU's record from that
  // table. It is never 0: the table stands behind the image's data.
  guard let table = unsafe UnsafePointer<PartitionTable>(bitPattern: UInt(table)) else { fatalError() }
  let cpu = Current.cpu
  unsafe cpu.prepare(table, index: index)
  let check = StartCheck(cpu: cpu, partition: cpu.partition)
  if index == cpu.partition.table.bootCPU { Start.first(check) } else { Start.another(check) }
  Start.begin()
}

/// The steps of starting.
enum Start {
  /// Seconds that the first CPU waits for the others.
  static var patience: UInt64 { 10 }

  /// The CPU that the boot loader started.
  static func first(_ check: StartCheck) {
    let partition = check.partition
    let system = Current.system
    let console = Current.console
    system.serial.multiplexer = ConsoleMultiplexer()
    system.serial.input = ConsoleInput()
    // A frequency of 0, which is refused below, would leave the report of it no time.
    system.serial.ticksPerMillisecond = max(read_cntfrq_el0(), 1_000_000) / 1000
    system.state.runningDomains.store(partition.table.domainCount, ordering: .relaxed)
    PhysicalUART(hardware: Machine(), table: partition.table)?.start(partition.table.consoleKind)
    if check.differs() { refuse() }
    Streams.startAll(check)
    console.chooseFocus()
    Health.begin()
    for index in 0..<partition.table.domainCount {
      let domain = partition.domainHandle(index)
      domain.state.status.enter(0)
      _ = domain.cpu(0).shared.power.turnOn(entry: domain.record.entry, context: domain.record.treeAddress) {}
    }
    InterruptSetup.startDistributor(partition)
    if !InterruptSetup.startPrivateLines(check.cpu) { refuse() }
    if partition.table.cpuCount > 1 { startOthers(partition) }
    InterruptSetup.assignLines(partition)
    system.state.verdict.store(1, ordering: .releasing)
    send_event()
  }

  static func startOthers(_ partition: PartitionHandle) {
    let system = Current.system
    let others = partition.table.cpuCount - 1
    if partition.hasFirmware { turnOnOthers(partition) }
    system.state.othersMayStart.store(1, ordering: .releasing)
    send_event()
    let deadline = read_cntpct_el0() + patience * read_cntfrq_el0()
    while system.state.arrived.load(ordering: .acquiring) < others {
      if system.state.verdict.load(ordering: .acquiring) == 2 { refuse() }
      if read_cntpct_el0() > deadline { refuse(arrived: system.state.arrived.load(ordering: .relaxed), of: others) }
      spin_hint()
    }
  }

  static func turnOnOthers(_ partition: PartitionHandle) {
    for index in 0..<partition.table.cpuCount where index != partition.table.bootCPU {
      // Sound: the record is part of the mapped table.
      let affinity = unsafe partition.cpu(index).pointee.affinity
      let status = Firmware.turnOn(affinity: affinity, entry: secondary_entry(), context: UInt64(index))
      if status != PSCIStatus.success { refuse(affinity: affinity, status: status) }
    }
  }

  /// A CPU that PSCI started, or that left a spin table before the first one was ready.
  static func another(_ check: StartCheck) {
    let system = Current.system
    while system.state.othersMayStart.load(ordering: .acquiring) == 0 { wait_for_event() }
    if check.differs() || !InterruptSetup.startPrivateLines(check.cpu) {
      system.state.verdict.store(2, ordering: .releasing)
      stop_here()
    }
    system.state.arrived.wrappingAdd(1, ordering: .releasing)
    send_event()
    while system.state.verdict.load(ordering: .acquiring) == 0 { wait_for_event() }
    if system.state.verdict.load(ordering: .relaxed) != 1 { stop_here() }
  }

  /// Enters the domain or waits for being turned on. Never returns.
  static func begin() {
    RegisterBaseline.setInterruptInterface()
    // List registers signal nothing to a domain whose interrupts are direct, so it has none.
    if Current.cpu.domain?.isDirect != true {
      Current.cpu.own.listRegisters = UInt32.max >> (32 - min(16, Machine.listRegisterCount))
    }
    if let domain = Current.cpu.domain {
      let virtualIndex = Current.cpu.record.virtualIndex
      RegisterBaseline.setHypervisorRegisters(for: domain, virtualIndex: virtualIndex)
      if virtualIndex == 0 {
        Health.enter(.running, domain)
        Watchdog.start(Current.virtualCPU)
        Lifecycle.enterIfTurnedOn()
      }
    }
    hypervisorPark()
  }

  static func refuse(affinity: UInt64, status: UInt64) {
    let report = Current.report
    report.text("refused to start: the firmware did not start the CPU of affinity ")
    report.hexadecimal(affinity)
    // PSCI's errors are negative (DEN0022, 5.2.2).
    report.text(": PSCI CPU_ON answered -")
    report.decimal((0 &- status) & 0xFFFF_FFFF)
    if status == PSCIStatus.invalidParameters { report.text(", there is no such CPU") }
    if status == PSCIStatus.alreadyOn { report.text(", it is on already") }
    report.send()
    refuse()
  }

  /// - Parameter domain: whose interrupt it would be; nil for EL2's own.
  static func refuse(line: UInt32, of domain: DomainHandle?) {
    let report = Current.report
    report.text("refused to start: interrupt ")
    report.decimal(UInt64(line))
    report.text(" of ")
    if let domain { report.name(of: domain) } else { report.text("the hypervisor") }
    report.text(" does not exist in the interrupt controller, or belongs to the secure world")
    report.send()
    refuse()
  }

  static func refuse(arrived: UInt32, of others: UInt32) {
    let report = Current.report
    report.text("refused to start: of ")
    report.decimal(UInt64(others))
    report.text(" other CPUs only ")
    report.decimal(UInt64(arrived))
    report.text(" came up within 10 seconds")
    report.send()
    refuse()
  }

  /// No domain runs.
  static func refuse() {
    Current.system.state.verdict.store(2, ordering: .releasing)
    send_event()
    Lifecycle.powerOff()
  }
}
