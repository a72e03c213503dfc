/// An SMMU record with its stream records.
public struct SMMUReading: Hashable, Sendable {
  /// Physical address of its registers.
  public let registers: UInt64
  /// Physical address of its memory at EL2, one page.
  public let memory: UInt64
  /// SMMU_STRTAB_BASE: physical address of the stream table.
  public let streamTable: UInt64
  /// SMMU_STRTAB_BASE_CFG.
  public let format: UInt32
  /// Bits of an output address that the tables rely on.
  public let physicalAddressBits: UInt32
  /// INTID of the event queue's line.
  public let eventINTID: UInt32
  /// INTID of the line for global errors.
  public let errorINTID: UInt32
  /// Bit 0: the first of the two lines is edge triggered; bit 1: the second is.
  public let edges: UInt32
  /// Index of the CPU record that takes both.
  public let cpu: UInt32
  /// Its assigned streams, by id.
  public let streams: [StreamReading]
}
