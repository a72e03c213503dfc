import ImageFormat

/// The partition table and what its records point to.
///
/// The compiler wrote every record, the verifier checked them, and EL2 maps them read-only; indices are compared with
/// the table's counts all the same.
@safe public struct PartitionHandle {
  let base: UnsafePointer<PartitionTable>

  /// A handle on a table that outlives it.
  public init(_ base: UnsafePointer<PartitionTable>) { unsafe self.base = unsafe base }

  /// The head of the table.
  public var table: PartitionTable {
    // Sound: the table is mapped and never changes.
    unsafeAddress { unsafe base }
  }

  /// There is firmware that an SMC reaches.
  public var hasFirmware: Bool { table.cpuStart == CPUStart.psci.rawValue }

  /// A CPU record.
  public func cpu(_ index: UInt32) -> UnsafePointer<CPURecord> {
    precondition(index < table.cpuCount)
    return unsafe array(table.cpusOffset) + Int(index)
  }

  /// A domain record.
  public func domain(_ index: UInt32) -> UnsafePointer<DomainRecord> {
    precondition(index < table.domainCount)
    return unsafe array(table.domainsOffset) + Int(index)
  }

  /// A region record.
  public func region(_ index: UInt32) -> RegionRecord {
    precondition(index < table.regionCount)
    return unsafe (array(table.regionsOffset) + Int(index)).pointee
  }

  /// A call range.
  public func callRange(_ index: UInt32) -> CallRange {
    precondition(index < table.callRangeCount)
    return unsafe (array(table.callRangesOffset) + Int(index)).pointee
  }

  /// A virtual device record.
  public func virtualDevice(_ index: UInt32) -> VirtualDeviceRecord {
    precondition(index < table.virtualDeviceCount)
    return unsafe (array(table.virtualDevicesOffset) + Int(index)).pointee
  }

  /// A restart record.
  public func restart(_ index: UInt32) -> RestartRecord {
    precondition(index < table.restartCount)
    return unsafe (array(table.restartsOffset) + Int(index)).pointee
  }

  /// When the domain of a restart record restarted; for that domain's first CPU.
  public func history(_ restart: RestartRecord) -> UnsafeMutablePointer<RestartHistory>? {
    // Sound: the compiler reserves zeroed memory at this address, for which zero is a valid value throughout.
    unsafe UnsafeMutablePointer(bitPattern: UInt(restart.history))
  }

  /// A span of memory to clear.
  public func span(_ index: UInt32) -> MemorySpan {
    precondition(index < table.spanCount)
    return unsafe (array(table.spansOffset) + Int(index)).pointee
  }

  /// A copy of pristine bytes.
  public func copy(_ index: UInt32) -> MemoryCopy {
    precondition(index < table.copyCount)
    return unsafe (array(table.copiesOffset) + Int(index)).pointee
  }

  /// A step that resets a device.
  public func resetStep(_ index: UInt32) -> ResetStep {
    precondition(index < table.stepCount)
    return unsafe (array(table.stepsOffset) + Int(index)).pointee
  }

  /// An SMMU record.
  public func smmu(_ index: UInt32) -> UnsafePointer<SMMURecord> {
    precondition(index < table.smmuCount)
    return unsafe array(table.smmusOffset) + Int(index)
  }

  /// A stream record.
  public func stream(_ index: UInt32) -> StreamRecord {
    precondition(index < table.streamCount)
    return unsafe (array(table.streamsOffset) + Int(index)).pointee
  }

  /// A domain as its CPUs and the console see it.
  public func domainHandle(_ index: UInt32) -> DomainHandle {
    // Sound: both records are part of the table, which outlives every handle.
    unsafe DomainHandle(record: domain(index), cpus: cpu(domain(index).pointee.firstCPU))
  }

  /// The state of a CPU.
  public func cpuState(_ index: UInt32) -> UnsafeMutablePointer<CPUState>? {
    // Sound: the compiler reserves a zeroed CPUState at this address, for which zero is a valid value throughout.
    unsafe UnsafeMutablePointer(bitPattern: UInt(cpu(index).pointee.state))
  }

  // Sound: the offsets are those of the compiler, within the table's size, and each array has records of this type.
  func array<Record>(_ offset: UInt32) -> UnsafePointer<Record> {
    unsafe UnsafeRawPointer(base).advanced(by: Int(offset)).assumingMemoryBound(to: Record.self)
  }
}
