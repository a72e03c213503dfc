import ImageFormat

/// One SMMUv3: its record in the partition table, its registers and its memory at EL2.
@safe public struct SMMUHandle<H: Hardware> {
  /// The machine.
  public let hardware: H
  /// The partition table.
  let partition: PartitionHandle
  let recordPointer: UnsafePointer<SMMURecord>

  /// A handle on a record of the table.
  public init(_ hardware: H, _ partition: PartitionHandle, _ index: UInt32) {
    self.hardware = hardware
    self.partition = partition
    unsafe recordPointer = unsafe partition.smmu(index)
  }

  /// What the compiler says of it.
  public var record: SMMURecord {
    // Sound: part of the partition table, which is mapped and never changes.
    unsafeAddress { unsafe recordPointer }
  }

  /// What EL2 remembers of it.
  public var state: SMMUState {
    // Sound: it lives as long as EL2. The lock is atomic; everything else is of the CPU that takes the interrupts.
    unsafeAddress { unsafe UnsafePointer(statePointer) }
    nonmutating unsafeMutableAddress { unsafe statePointer }
  }

  // Sound: the compiler reserves zeroed memory there, for which zero is a valid value throughout, and never at 0.
  private var statePointer: UnsafeMutablePointer<SMMUState> {
    unsafe UnsafeMutablePointer(bitPattern: UInt(record.memory + SMMUMemory.state)).unsafelyUnwrapped
  }

  func load(_ register: UInt64) -> UInt32 { hardware.load32(record.registers + register) }
  func store(_ register: UInt64, _ value: UInt32) { hardware.store32(record.registers + register, value) }
  func store64(_ register: UInt64, _ value: UInt64) { hardware.store64(record.registers + register, value) }

  /// Waits within a bound for a register to be what was asked for.
  func wait(_ register: UInt64, _ mask: UInt32 = .max, for value: UInt32) -> Bool {
    for _ in 0..<100_000 where load(register) & mask == value { return true }
    return false
  }
}
