import ImageFormat

/// The calling CPU's state.
@safe public struct CPUHandle {
  let pointer: UnsafeMutablePointer<CPUState>

  /// A handle on the state that TPIDR_EL2 points to.
  public init(_ pointer: UnsafeMutablePointer<CPUState>) { unsafe self.pointer = unsafe pointer }

  /// The state.
  public var state: CPUState {
    // Sound: only this CPU makes a handle on its state, EL2 is not interrupted, and the state lives as long as EL2.
    _read { yield unsafe pointer.pointee }
    nonmutating _modify { yield unsafe &pointer.pointee }
  }

  /// The partition table.
  public var partition: PartitionHandle {
    guard let table = unsafe pointer.pointee.table else { fatalError() }
    return unsafe PartitionHandle(table)
  }

  /// The CPU's own record.
  public var record: CPURecord {
    guard let record = unsafe pointer.pointee.record else { fatalError() }
    // Sound: part of the partition table.
    return unsafe record.pointee
  }

  /// Its domain; nil for a CPU without one.
  public var domain: DomainHandle? {
    guard let record = unsafe pointer.pointee.domainRecord, let state = unsafe pointer.pointee.domainState,
      let cpus = unsafe pointer.pointee.domainCPUs
    else { return nil }
    return unsafe DomainHandle(record: record, state: state, cpus: cpus)
  }
}
