import ImageFormat

/// The calling CPU's state.
@safe public struct CPUHandle {
  let pointer: UnsafeMutablePointer<CPUState>

  /// A handle on the state that TPIDR_EL2 points to.
  public init(_ pointer: UnsafeMutablePointer<CPUState>) { unsafe self.pointer = unsafe pointer }

  /// What the CPU keeps for itself.
  public var own: OwnState {
    // Sound: only this CPU makes a handle on its state, EL2 is not interrupted, and the state lives as long as EL2.
    unsafeAddress { unsafe UnsafePointer(ownPointer) }
    nonmutating unsafeMutableAddress { unsafe ownPointer }
  }

  /// What it shares with other CPUs.
  public var state: CPUState {
    // Sound: the state lives as long as EL2, and all but `own` is atomic.
    unsafeAddress { unsafe UnsafePointer(pointer) }
  }

  // Sound: `own` is the first member.
  var ownPointer: UnsafeMutablePointer<OwnState> {
    unsafe UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: OwnState.self)
  }

  /// The partition table.
  public var partition: PartitionHandle {
    // `prepare` sets it, which is the first that a CPU does in Swift; nothing takes it away. Only the report of an error of
    // EL2 before that finds none, and ends here as the CPU's second error.
    guard let table = unsafe own.table else { fatalError() }
    return unsafe PartitionHandle(table)
  }

  /// The CPU's own record.
  public var record: CPURecord {
    // Sound: part of the partition table, which never changes; a CPU sets the pointer as it starts, before it looks.
    unsafeAddress { unsafe own.record.unsafelyUnwrapped }
  }

  /// Finds the CPU's place in the partition table, and copies from it what traps need often.
  public func prepare(_ table: UnsafePointer<PartitionTable>, index: UInt32) {
    let partition = unsafe PartitionHandle(table)
    let record = unsafe partition.cpu(index)
    unsafe own.table = unsafe table
    unsafe own.record = unsafe record
    own.index = index
    own.virtualIndex = unsafe record.pointee.virtualIndex
    own.distributor = partition.table.distributor
    own.cpuInterface = partition.table.cpuInterface
    own.hypervisorInterface = partition.table.hypervisorInterface
    own.privateLines =
      OwnState.privateBit(partition.table.virtualTimerINTID) | OwnState.privateBit(partition.table.physicalTimerINTID)
    if unsafe record.pointee.domain == CPURecord.noDomain { return }
    let domain = unsafe partition.domain(record.pointee.domain)
    unsafe own.domainRecord = unsafe domain
    own.privateLines |= OwnState.privateBit(unsafe domain.pointee.pmuINTID)
    unsafe own.domainCPUs = unsafe partition.cpu(domain.pointee.firstCPU)
    own.distributorWindow = unsafe domain.pointee.distributor
    own.interruptFrameWindow =
      unsafe domain.pointee.redistributor
      &+ UInt64(DistributorRegister.redistributorStride) &* UInt64(own.virtualIndex)
      &+ UInt64(DistributorRegister.interruptFrame)
    if unsafe domain.pointee.flags & DomainFlags.directInterrupts != 0 { own.privateLines |= 0xFFFF }
    own.virtualLines = unsafe domain.pointee.virtualInterrupts
    own.virtualWord = unsafe domain.pointee.virtualWord
  }

  /// It belongs to a domain.
  public var hasDomain: Bool { unsafe own.domainRecord != nil }

  /// Its domain; nil for a CPU without one.
  public var domain: DomainHandle? { hasDomain ? certainDomain : nil }

  /// The domain of a CPU that has one.
  var certainDomain: DomainHandle {
    @inline(__always) get {
      // Sound: a CPU sets both pointers as it starts, or none.
      unsafe DomainHandle(record: own.domainRecord.unsafelyUnwrapped, cpus: own.domainCPUs.unsafelyUnwrapped)
    }
  }
}
