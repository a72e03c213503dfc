import ImageFormat
import Synchronization

/// The shared UART from the point of view of one CPU.
///
/// Nobody waits for it: a CPU that finds it taken tries again when its own timer expires, which it sets only for output
/// of its own domain or its own messages. So a domain pays for its output, and another one at most for a bounded number
/// of bytes.
public struct Console<H: Hardware> {
  let hardware: H
  let cpu: CPUHandle
  let system: SystemHandle
  let partition: PartitionHandle

  /// Bytes that one trap moves to the UART at most.
  public static var budget: Int { 128 }

  /// The console as the calling CPU uses it.
  public init(hardware: H, cpu: CPUHandle, system: SystemHandle) {
    self.hardware = hardware
    self.cpu = cpu
    self.system = system
    partition = cpu.partition
  }

  var uart: PhysicalUART<H>? { PhysicalUART(hardware: hardware, table: partition.table) }

  /// Moves bytes to the UART unless another CPU does so, and sets the timer if some of this CPU's are left.
  public func drain(budget: Int = Self.budget) {
    guard let uart else { return }
    let owner = cpu.own.index + 1
    if system.state.consoleOwner.compareExchange(
      expected: 0, desired: owner, ordering: .acquiringAndReleasing
    ).exchanged {
      move(budget, to: uart)
      // The end of a line may be all that is left, and no ring shows it.
      if !system.serial.multiplexer.isIdle { lookAgain(at: hardware.counter &+ system.serial.ticksPerMillisecond) }
      system.state.consoleOwner.store(0, ordering: .releasing)
    }
    lookAgain()
  }

  /// Gives the UART up on behalf of a CPU whose EL2 failed.
  public func abandon() {
    _ = system.state.consoleOwner.compareExchange(
      expected: cpu.own.index + 1, desired: 0, ordering: .acquiringAndReleasing)
  }

  func move(_ budget: Int, to uart: PhysicalUART<H>) {
    var left = budget
    // Of carriage returns many are taken and few sent.
    var taken = 0
    while left > 0, taken < budget, uart.hasRoom {
      if system.serial.multiplexer.isIdle, !beginNext() { return }
      let source = system.serial.multiplexer.current
      let byte = system.serial.multiplexer.nextByte(
        label: { label(of: source, $0) }, first: { taken < budget ? first(of: source) : nil },
        removeFirst: {
          taken += 1
          removeFirst(of: source)
        })
      if let byte {
        uart.send(byte)
        left -= 1
      } else {
        roomMade(by: source)
      }
    }
    if !system.serial.multiplexer.isIdle { roomMade(by: system.serial.multiplexer.current) }
  }

  /// Chooses the next source with output, in turn; false if there is none.
  func beginNext() -> Bool {
    let domains = partition.table.domainCount
    let sources = domains + partition.table.cpuCount
    var source = system.serial.multiplexer.next
    for _ in 0..<sources {
      if source >= sources { source = 0 }
      if hasOutput(source, domains) {
        system.serial.multiplexer.next = source + 1
        system.serial.multiplexer.begin(source)
        return true
      }
      source += 1
    }
    return false
  }

  /// Whether a source has output. Its bit stays set until nothing is found; it is cleared before the look, so that what
  /// comes meanwhile is not missed.
  func hasOutput(_ source: UInt32, _ domains: UInt32) -> Bool {
    if source < domains {
      let bit: UInt32 = 1 &<< source
      if system.state.readyDomains.load(ordering: .relaxed) & bit == 0 { return false }
      system.state.readyDomains.bitwiseAnd(~bit, ordering: .acquiringAndReleasing)
      if first(of: source) == nil { return false }
      system.state.readyDomains.bitwiseOr(bit, ordering: .relaxed)
    } else {
      let bit: UInt64 = 1 &<< UInt64(source &- domains)
      if system.state.readyCPUs.load(ordering: .relaxed) & bit == 0 { return false }
      system.state.readyCPUs.bitwiseAnd(~bit, ordering: .acquiringAndReleasing)
      if first(of: source) == nil { return false }
      system.state.readyCPUs.bitwiseOr(bit, ordering: .relaxed)
    }
    return true
  }

  func first(of source: UInt32) -> UInt8? {
    let domains = partition.table.domainCount
    if source < domains { return partition.domainHandle(source).state.output.first }
    // Sound: the consumer's end of the ring belongs to the UART's owner.
    guard let state = unsafe partition.cpuState(source &- domains) else { return nil }
    return unsafe state.pointee.messages.first
  }

  func removeFirst(of source: UInt32) {
    let domains = partition.table.domainCount
    if source < domains {
      partition.domainHandle(source).state.output.removeFirst()
    } else if let state = unsafe partition.cpuState(source &- domains) {
      // Sound: as above.
      unsafe state.pointee.messages.removeFirst()
    }
  }

  /// Byte n of `[name] `; EL2's own messages are `[bulkhead] `.
  func label(of source: UInt32, _ index: UInt8) -> UInt8? {
    let domain = source < partition.table.domainCount ? partition.domainHandle(source) : nil
    let length = domain?.nameLength ?? Self.ownName.utf8CodeUnitCount
    switch Int(index) {
    case 0: return UInt8(ascii: "[")
    case length + 1: return UInt8(ascii: "]")
    case length + 2: return UInt8(ascii: " ")
    case length + 3: return nil
    default: return domain?.record.name[Int(index) - 1] ?? Self.ownName.byte(Int(index) - 1)
    }
  }

  static var ownName: StaticString { "bulkhead" }

  /// A domain that filled its ring learns that there is room again.
  func roomMade(by source: UInt32) {
    guard source < partition.table.domainCount else { return }
    let domain = partition.domainHandle(source)
    guard domain.state.waitsForRoom.load(ordering: .relaxed) != 0, domain.state.output.count <= 256
    else { return }
    domain.state.waitsForRoom.store(0, ordering: .relaxed)
    wake(domain)
  }

  /// Lets the CPU that a domain's console interrupts look at its UART.
  func wake(_ domain: DomainHandle) {
    let target = domain.state.virtualLines.target(domain.record.consoleINTID)
    domain.cpu(target).shared.requests.add(.console)
    hardware.kick(domain.cpu(target))
  }

  /// This CPU's domain has output to take.
  public func markDomainReady() {
    system.state.readyDomains.bitwiseOr(1 &<< (cpu.record.domain & 31), ordering: .releasing)
  }

  /// This CPU has messages to take.
  func markMessagesReady() {
    system.state.readyCPUs.bitwiseOr(1 &<< UInt64(cpu.own.index & 63), ordering: .releasing)
  }

  /// Sets the timer while output of this CPU's domain, or messages of its own, wait.
  public func lookAgain() {
    let millisecond = system.serial.ticksPerMillisecond
    if cpu.state.messages.count > 0 || (cpu.domain?.state.output.count ?? 0) > 0 {
      lookAgain(at: hardware.counter &+ millisecond)
    } else if let domain = cpu.domain, domain.state.output.heldBack > 0 {
      cpu.setTimer(.console, domain.locked.heldBackSince &+ Self.patience * millisecond, hardware)
    }
  }

  /// Sets the timer. A CPU whose domain takes interrupts directly has none for EL2: there the UART's own interrupt is made
  /// pending, for the CPU that takes it to go on.
  func lookAgain(at deadline: UInt64) {
    if cpu.own.interfaceControl & InterfaceControl.trapsCommon == 0 {
      return cpu.setTimer(.console, deadline, hardware)
    }
    let line = partition.table.consoleINTID
    if line == 0 { return }
    let register = partition.table.distributor + UInt64(DistributorRegister.setPending)
    hardware.store32(register + UInt64(line >> 5) * 4, 1 << (line & 31))
  }

  /// Milliseconds that the beginning of a line waits for the rest.
  static var patience: UInt64 { 20 }

  /// EL2's timer expired on this CPU.
  public func timerExpired() {
    cpu.setTimer(.console, nil, hardware)
    if let domain = cpu.domain {
      domain.state.lock.alone(unless: { domain.state.status.mustStop }) {
        let waited = hardware.counter &- domain.locked.heldBackSince
        if domain.state.output.heldBack > 0, waited >= Self.patience * system.serial.ticksPerMillisecond {
          domain.state.output.publish()
          markDomainReady()
        }
      }
    }
    drain()
  }

  /// The UART's interrupt, on the one CPU that takes it: what was typed goes to the domain that has the input.
  public func receive() {
    guard let uart else { return }
    var delivered: DomainHandle?
    uart.acknowledge(partition.table.consoleKind)
    var isSilent = true
    // More than any of the UARTs holds at once; what still comes interrupts again.
    for _ in 0..<80 {
      guard let byte = uart.receive() else { break }
      isSilent = false
      switch system.serial.input.typed(byte) {
      case .deliver(let byte):
        let focus = partition.domainHandle(system.serial.input.focus)
        if focus.record.consoleBase == 0 { break }
        delivered = focus
        if focus.state.input.append(byte) { focus.state.input.publish() }
      case .next: focusNext()
      case .nothing: break
      }
    }
    if let delivered { wake(delivered) }
    if isSilent { goOnForOthers() }
  }

  /// Nothing was typed, so a CPU without interrupts for EL2 left a part of what it says there.
  func goOnForOthers() {
    drain()
    if system.state.readyCPUs.load(ordering: .relaxed) != 0 {
      cpu.setTimer(.console, hardware.counter &+ system.serial.ticksPerMillisecond, hardware)
    }
  }

  /// Gives the input to the domain with a console that follows.
  func focusNext() {
    let count = partition.table.domainCount
    var focus = system.serial.input.focus
    for _ in 0..<count {
      focus = focus + 1 >= count ? 0 : focus + 1
      let domain = partition.domainHandle(focus)
      if domain.record.consoleBase == 0 { continue }
      system.serial.input.focus = focus
      let report = Report(console: self)
      report.text("input goes to ")
      report.name(of: domain)
      report.text(" (Ctrl-A n: next domain)")
      report.send()
      return
    }
  }

  /// Who gets input first: the least critical domain with a console.
  public func chooseFocus() {
    var least: UInt32 = .max
    for index in 0..<partition.table.domainCount {
      let domain = partition.domainHandle(index)
      if domain.record.consoleBase != 0, domain.record.criticality < least {
        least = domain.record.criticality
        system.serial.input.focus = index
      }
    }
  }
}
