import HypervisorCore
import HypervisorModel
import ImageFormat
import Synchronization
import Testing

/// What decides whether and how a domain starts anew.
@Suite struct RestartTests {
  /// The macro cannot look into what cannot be copied.
  private func expect(_ holds: Bool, at location: SourceLocation = #_sourceLocation) {
    #expect(holds, sourceLocation: location)
  }

  @Test func `on-fault restart restarts after a fault and a reset, and nothing restarts after a shutdown`() {
    let restart = FaultPolicy.restart.rawValue
    for reason in [EndReason.reset, .fault, .watchdog, .dma] {
      #expect(reason.restarts(under: restart))
      #expect(!reason.restarts(under: FaultPolicy.halt.rawValue))
      #expect(!reason.restarts(under: FaultPolicy.stopSystem.rawValue))
      #expect(reason.stopsSystem(under: FaultPolicy.stopSystem.rawValue) == (reason != .reset))
    }
    #expect(!EndReason.shutdown.restarts(under: restart))
    #expect(!EndReason.shutdown.stopsSystem(under: FaultPolicy.stopSystem.rawValue))
  }

  @Test func `a domain that is to restart waits for its last CPU, and then runs again with its first`() {
    let status = DomainStatus()
    for cpu in 0..<3 { status.enter(cpu) }
    expect(status.stop(toRestart: true) && !status.stop(toRestart: true))
    expect(status.mustStop && status.awaitsDepartures && !status.canRestart)
    expect(status.leave(0) == .early && status.leave(2) == .early && !status.canRestart)
    expect(status.leave(1) == .restarts && status.canRestart && !status.awaitsDepartures)
    status.restart()
    expect(!status.mustStop && !status.canRestart)
    expect(status.stop() && status.leave(0) == .stopped)
  }

  @Test func `what stops a domain for good prevails while its CPUs leave, and not afterwards`() {
    let status = DomainStatus()
    for cpu in 0..<2 { status.enter(cpu) }
    expect(status.stop(toRestart: true) && status.leave(0) == .early)
    expect(status.stop() && !status.awaitsDepartures)
    expect(status.leave(1) == .stopped && !status.canRestart)
    let late = DomainStatus()
    late.enter(0)
    expect(late.stop(toRestart: true) && late.leave(0) == .restarts)
    expect(!late.stop() && late.canRestart)
  }

  @Test func `one CPU gives a restart up, before the last one left or after it, and the last one ends nothing twice`() {
    let status = DomainStatus()
    for cpu in 0..<2 { status.enter(cpu) }
    expect(status.stop(toRestart: true) && status.leave(0) == .early)
    expect(status.giveUpRestart() && !status.giveUpRestart() && status.mustStop)
    expect(status.leave(1) == .early && !status.canRestart)
    let failed = DomainStatus()
    failed.enter(0)
    expect(!failed.failRestart())
    expect(failed.stop(toRestart: true) && failed.leave(0) == .restarts)
    expect(failed.failRestart() && failed.restartFailed && !failed.canRestart)
    expect(failed.giveUpRestart() && !failed.restartFailed && failed.mustStop)
  }

  @Test(arguments: [1, 3, 15] as [UInt32])
  func `a limit admits so many restarts in any window, and one more as soon as the first is older`(limit: UInt32) {
    var history = RestartHistory()
    var times: [UInt64] = []
    for now in stride(from: 1000 as UInt64, to: 400_000, by: 137) {
      let isAdmitted = history.admit(now: now, window: 10_000, limit: limit)
      let recent = times.count { now - $0 < 10_000 }
      #expect(isAdmitted == (recent < Int(limit)))
      if isAdmitted { times.append(now) }
    }
    #expect(history.count == UInt32(times.count) && times.count > Int(limit))
  }

  @Test func `no limit admits nothing`() {
    var history = RestartHistory()
    #expect(!history.admit(now: 5, window: 1, limit: 0) && history.count == 0)
    #expect(MemoryLayout<RestartHistory>.size <= Int(RestartRecord.historySize))
  }

  @Test func `everything that a run has set is as before the first start`() {
    let system = ModelSystem([.init(name: "a", cpus: 2, lines: [40, 50], edges: [40], console: 33)])
    let cpu = system.virtualCPU(0)
    let domain = system.partition.domainHandle(0)
    cpu.writeDistributor(DistributorRegister.control, size: 4, 2)
    cpu.writeDistributor(DistributorRegister.setEnable + 4, size: 4, .max)
    for line in 32..<64 as Range<UInt32> { cpu.writeDistributor(DistributorRegister.priority + line, size: 1, 0xA8) }
    cpu.writeDistributor(DistributorRegister.setPending + 4, size: 4, 1 << 1)
    cpu.writeDistributor(DistributorRegister.route + 33 * 8, size: 8, 1)
    domain.cpu(1).shared.redistributor.enabled.store(.max, ordering: .relaxed)
    domain.cpu(1).shared.redistributor.priorities[7].store(.max, ordering: .relaxed)
    domain.cpu(1).shared.requests.add(.softwareInterrupts(0xFFFF))
    domain.cpu(1).shared.requests.add(.stop)
    for byte in "typed".utf8 { _ = domain.state.input.append(byte) }
    domain.state.input.publish()
    domain.reset()
    #expect(domain.state.groupEnables.load(ordering: .relaxed) == 0)
    for word in 0..<32 { #expect(domain.state.enabled[word].load(ordering: .relaxed) == 0) }
    for word in 0..<256 { #expect(domain.state.priorities[word].load(ordering: .relaxed) == 0) }
    #expect(domain.cpu(1).shared.redistributor.enabled.load(ordering: .relaxed) == 0)
    #expect(domain.cpu(1).shared.redistributor.priorities[7].load(ordering: .relaxed) == 0)
    #expect(domain.cpu(1).shared.requests.current.rawValue == Requests.stop.rawValue)
    expect(domain.state.virtualLines.asserted == 0)
    for line in 0..<32 as Range<UInt32> { expect(domain.state.virtualLines.target(line) == 0) }
    expect(domain.state.input.first == nil)
  }

  @Test func `a lock whose holder never came back is free after a restart`() async {
    let lock = TicketLock()
    var entered = 0
    // Somebody takes a ticket and gives up at once, which leaves the lock waiting for it.
    lock.alone(unless: { false }) { lock.alone(unless: { true }) { entered += 100 } }
    lock.reset()
    lock.alone(unless: { true }) { entered += 1 }
    #expect(entered == 1)
  }
}
