import ImageFormat

/// A CPU of a domain, as EL2 sees it while it handles one of that CPU's traps or interrupts.
public struct VirtualCPU<H: Hardware> {
  /// The machine.
  public let hardware: H
  /// The CPU's state at EL2.
  public let cpu: CPUHandle

  /// The CPU behind a state; nil if it has no domain.
  @inline(__always)
  public init?(hardware: H, cpu: CPUHandle) {
    if !cpu.hasDomain { return nil }
    self.init(hardware: hardware, cpuOfDomain: cpu)
  }

  /// The CPU behind the state of one that has a domain.
  @inline(__always)
  public init(hardware: H, cpuOfDomain: CPUHandle) {
    self.hardware = hardware
    cpu = cpuOfDomain
  }

  /// Its domain.
  public var domain: DomainHandle {
    @inline(__always) get { cpu.certainDomain }
  }

  /// Its number in the domain; Aff0 of the MPIDR_EL1 that the domain reads.
  public var index: Int { Int(cpu.own.virtualIndex) }

  /// The partition table.
  public var partition: PartitionHandle { cpu.partition }

  /// Physical address of the distributor.
  var distributor: UInt64 { cpu.own.distributor }

  /// SGIs and PPIs of the domain that are the hardware's.
  var privateLines: UInt32 { cpu.own.privateLines }

  /// Asks another CPU of the domain for something and wakes it.
  func ask(_ other: Int, _ requests: Requests) {
    let record = domain.cpu(other)
    record.shared.requests.add(requests)
    hardware.kick(record)
  }

  /// Asks every other CPU of the domain that is on.
  func askOthers(_ requests: Requests) {
    for other in 0..<domain.cpuCount where other != index { ask(other, requests) }
  }
}
