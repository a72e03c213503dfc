import HypervisorCore
import HypervisorEntry
import ImageFormat
import Synchronization

/// DMA of the domains' devices through SMMUs.
enum Streams {
  /// Lets no transaction of a domain's devices pass any more; when it returns true, none is under way.
  ///
  /// - Returns: false if an SMMU did not confirm it in time, which is reported: the domain must not start again then.
  static func stop(_ domain: DomainHandle) -> Bool { set(domain, pass: false) }

  /// Lets the transactions of a domain's devices pass again.
  static func start(_ domain: DomainHandle) -> Bool { set(domain, pass: true) }

  private static func set(_ domain: DomainHandle, pass: Bool) -> Bool {
    var isDone = true
    forEach { smmu in
      if !smmu.hasStreams(of: domain.index) { return }
      let patience = read_cntfrq_el0() / 10
      if smmu.setStreams(of: domain.index, pass: pass, deadline: read_cntpct_el0() + patience) {
        if pass { smmu.state.tallies[Int(domain.index)].begin() }
      } else {
        isDone = false
        let report = Current.report
        report.text("the SMMU at ")
        report.hexadecimal(smmu.record.registers)
        report.text(" did not confirm a change of streams of ")
        report.name(of: domain)
        report.send()
      }
    }
    return isDone
  }

  /// Calls `body` with each SMMU.
  static func forEach(_ body: (SMMUHandle<Machine>) -> Void) {
    let partition = Current.cpu.partition
    for index in 0..<partition.table.smmuCount { body(SMMUHandle(Machine(), partition, index)) }
  }

  /// Starts every SMMU, before any domain; refuses to start where one is not as it was planned.
  static func startAll(_ check: StartCheck) {
    forEach { smmu in
      if let difference = smmu.difference {
        _ = check.report(difference.what, planned: difference.planned, found: difference.found)
        Start.refuse()
      }
      if !smmu.start() {
        _ = check.report("SMMU that does as it is told, by its address", planned: smmu.record.registers, found: 0)
        Start.refuse()
      }
    }
  }

  /// The lines of the SMMUs go to the CPUs that the plan chose.
  static func assignLines() {
    forEach { smmu in
      InterruptSetup.assignOwn(
        smmu.record.eventINTID, isEdge: smmu.record.edges & 1 != 0, cpu: smmu.record.cpu)
      if smmu.record.errorINTID == smmu.record.eventINTID { return }
      InterruptSetup.assignOwn(
        smmu.record.errorINTID, isEdge: smmu.record.edges & 2 != 0, cpu: smmu.record.cpu)
    }
  }

  /// Whether a line is an SMMU's.
  static func have(_ line: UInt32) -> Bool {
    var isOne = false
    forEach { if line == $0.record.eventINTID || line == $0.record.errorINTID { isOne = true } }
    return isOne
  }

  /// Takes an SMMU's interrupt, which has ended already. May not come back, if this CPU's domain ends.
  static func take(_ line: UInt32) {
    forEach { smmu in
      if line != smmu.record.eventINTID, line != smmu.record.errorINTID { return }
      reportErrors(smmu)
      var flooding: UInt32?
      let hasMore = smmu.takeEvents { if look(at: $0, smmu) { flooding = smmu.domain(of: $0.stream) } }
      if hasMore { InterruptSetup.pend(smmu.record.eventINTID) }
      if let flooding { end(flooding) }
    }
  }

  /// Counts and reports an event; true if it makes a flood of a domain's.
  private static func look(at event: SMMUEvent, _ smmu: SMMUHandle<Machine>) -> Bool {
    let ticksPerSecond = Current.system.serial.ticksPerMillisecond &* 1000
    guard let finding = smmu.count(event, ticksPerSecond: ticksPerSecond) else { return false }
    if finding.isNew, finding.count <= FaultTally.reported { DMAReport.refusal(event, finding, smmu) }
    if !finding.isFlood { return false }
    DMAReport.flood(finding, smmu)
    if finding.domain == nil { smmu.silence() }
    return finding.domain != nil
  }

  /// A domain whose devices flood is treated as one that failed. On a CPU of that domain this does not return.
  private static func end(_ index: UInt32) {
    let domain = Current.cpu.partition.domainHandle(index)
    _ = stop(domain)
    Lifecycle.domainEnded(domain, .dma)
  }

  /// What a domain's devices were refused in all; nothing if that is nothing.
  static func reportSum(of domain: DomainHandle) { DMAReport.sum(of: domain) }

  private static func reportErrors(_ smmu: SMMUHandle<Machine>) {
    let errors = smmu.takeErrors()
    if errors == 0 { return }
    smmu.state.errors &+= 1
    if smmu.state.errors <= FaultTally.reported { DMAReport.errors(errors, smmu) }
  }
}
