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
    guard let table = unsafe own.table else { fatalError() }
    return unsafe PartitionHandle(table)
  }

  /// The CPU's own record.
  public var record: CPURecord {
    guard let record = unsafe own.record else { fatalError() }
    // Sound: part of the partition table.
    return unsafe record.pointee
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
