import ImageFormat

/// A CPU of a domain, as EL2 sees it while it handles one of that CPU's traps or interrupts.
public struct VirtualCPU<H: Hardware> {
  /// The machine.
  public let hardware: H
  /// The CPU's state at EL2.
  public let cpu: CPUHandle
  /// Its domain.
  public let domain: DomainHandle
  /// Its number in the domain; Aff0 of the MPIDR_EL1 that the domain reads.
  public let index: Int

  /// The CPU behind a state; nil if it has no domain.
  public init?(hardware: H, cpu: CPUHandle) {
    guard let domain = cpu.domain else { return nil }
    self.hardware = hardware
    self.cpu = cpu
    self.domain = domain
    index = Int(cpu.record.virtualIndex)
  }

  /// The partition table.
  public var partition: PartitionHandle { cpu.partition }

  /// Physical address of the distributor.
  var distributor: UInt64 { partition.table.distributor }

  /// PPIs that a domain has: the two timers of EL1.
  var timerLines: UInt32 {
    let table = partition.table
    return 1 &<< (table.virtualTimerINTID & 31) | 1 &<< (table.physicalTimerINTID & 31)
  }

  /// Asks another CPU of the domain for something and wakes it.
  func ask(_ other: Int, _ requests: Requests) {
    domain.ask(other, requests)
    hardware.kick(affinity: domain.cpu(other).affinity)
  }

  /// Asks every other CPU of the domain that is on.
  func askOthers(_ requests: Requests) {
    for other in 0..<domain.cpuCount where other != index { ask(other, requests) }
  }
}
