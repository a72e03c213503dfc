import ImageFormat
import Synchronization

/// A domain: its record in the partition table, its state, and its CPUs' records.
@safe public struct DomainHandle: SerialLine {
  let recordPointer: UnsafePointer<DomainRecord>
  let cpuRecords: UnsafePointer<CPURecord>

  /// A handle on records that outlive it; `cpus` is the first of the domain's CPU records.
  public init(record: UnsafePointer<DomainRecord>, cpus: UnsafePointer<CPURecord>) {
    unsafe recordPointer = unsafe record
    unsafe cpuRecords = unsafe cpus
  }

  // Sound: the compiler reserves a zeroed DomainState there, for which zero is a valid value throughout, and never at 0.
  var statePointer: UnsafeMutablePointer<DomainState> {
    @inline(__always) get {
      unsafe UnsafeMutablePointer<DomainState>(bitPattern: UInt(recordPointer.pointee.state)).unsafelyUnwrapped
    }
  }

  /// What the compiler says of it.
  public var record: DomainRecord {
    // Sound: part of the partition table, which is mapped and never changes.
    unsafeAddress { unsafe recordPointer }
  }

  /// Its place among the domain records: its VMID is one more.
  public var index: UInt32 { UInt32(truncatingIfNeeded: record.stage2Table >> 48) &- 1 }

  /// What EL2 remembers of it.
  public var state: DomainState {
    // Sound: the state lives as long as EL2, and all but `locked` is atomic.
    unsafeAddress { unsafe UnsafePointer(statePointer) }
  }

  /// What only the holder of the domain's lock may touch.
  public var locked: LockedState {
    // Sound: the state lives as long as EL2, and the lock keeps other CPUs away.
    unsafeAddress { unsafe UnsafePointer(lockedPointer) }
    nonmutating unsafeMutableAddress { unsafe lockedPointer }
  }

  // Sound: a member of the state, which lives as long as EL2.
  var lockedPointer: UnsafeMutablePointer<LockedState> {
    unsafe withUnsafeMutablePointer(to: &statePointer.pointee.locked) { unsafe $0 }
  }

  /// Letters of its name.
  public var nameLength: Int {
    for index in 0..<32 where record.name[index] == 0 { return index }
    return 32
  }

  /// Puts what zeroed memory does not say into the state, before any CPU of the domain starts.
  ///
  /// - Parameter highestWord: the last word of `interrupts` with a line.
  public func prepare(highestWord: UInt32) {
    locked.uart.reset()
    let word = record.virtualInterrupts != 0 ? record.virtualWord : 0
    state.highestWord.store(max(highestWord, word), ordering: .relaxed)
  }

  /// What an identification register counts as for the domain: the value that the compiler chose for all of its CPUs,
  /// where it did, and otherwise that of the calling CPU.
  ///
  /// - Parameters:
  ///   - index: CRm × 8 + op2 of S3_0_C0_C<CRm>_<op2>, 8 to 63.
  ///   - hardware: what the calling CPU reads.
  public func identification(_ index: Int, hardware: UInt64) -> UInt64 {
    let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: index)
    if record.identificationMask & bit == 0 { return hardware }
    return record.identification[(record.identificationMask & (bit &- 1)).nonzeroBitCount & 15]
  }

  /// How many CPUs.
  public var cpuCount: Int { Int(record.cpuCount) }

  /// The record of one of its CPUs by virtual index.
  public func cpu(_ index: Int) -> CPURecord {
    precondition(index >= 0 && index < cpuCount)
    // Sound: a domain's records stand together.
    return unsafe cpuRecords[index]
  }

  /// The virtual index of the CPU with these physical affinity fields; nil for another domain's.
  public func cpu(affinity: UInt64) -> Int? {
    for index in 0..<cpuCount where cpu(index).affinity == affinity { return index }
    return nil
  }

  /// The virtual CPUs whose bits in the physical GICD_ITARGETSR are set in `mask`, one bit each.
  public func cpus(interfaces mask: UInt32) -> UInt32 {
    var cpus: UInt32 = 0
    for index in 0..<min(cpuCount, 8) where cpu(index).interfaceMask & mask != 0 { cpus |= 1 << UInt32(index) }
    return cpus
  }

  /// The bits in the physical GICD_ITARGETSR of virtual CPUs.
  public func interfaces(of cpus: UInt32) -> UInt32 {
    var mask: UInt32 = 0
    for index in 0..<min(cpuCount, 8) where cpus & 1 << UInt32(index) != 0 { mask |= cpu(index).interfaceMask }
    return mask
  }

  /// Bytes for the domain to receive.
  public var waiting: Int { state.input.count }
  /// Bytes that its transmitter takes.
  public var room: Int { state.output.room }

  /// The next byte for the domain; under its lock.
  public func receive() -> UInt8? {
    guard let byte = state.input.first else { return nil }
    state.input.removeFirst()
    return byte
  }

  /// A byte from the domain; under its lock. Whole lines are shown to the console together, and long ones in parts.
  public func send(_ byte: UInt8) {
    if state.output.append(byte) {
      if byte == 0x0A || state.output.heldBack >= 512 { state.output.publish() }
    } else {
      state.output.publish()
      state.lostOutput.wrappingAdd(1, ordering: .relaxed)
    }
  }
}
