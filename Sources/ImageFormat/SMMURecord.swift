/// One SMMUv3 that EL2 programs.
public struct SMMURecord {
  /// Physical address of its registers: page 0, and page 1 64 KiB above (Arm IHI 0070, 6.1).
  public var registers: UInt64
  /// Physical address of its memory at EL2: `SMMUMemory.size` zeroed bytes.
  public var memory: UInt64
  /// SMMU_STRTAB_BASE without the hint RA: physical address of the stream table.
  public var streamTable: UInt64
  /// SMMU_STRTAB_BASE_CFG.
  public var streamTableFormat: UInt32
  /// The most bits of an output address in its stage-2 tables; compared with SMMU_IDR5.OAS.
  public var physicalAddressBits: UInt32
  /// INTID of the event queue's line.
  public var eventINTID: UInt32
  /// INTID of the line for global errors; may be the same.
  public var errorINTID: UInt32
  /// Bit 0: the event queue's line is edge triggered; bit 1: that for global errors is.
  public var edges: UInt32
  /// CPU record whose CPU takes both.
  public var cpu: UInt32
  /// First stream record.
  public var firstStream: UInt32
  /// How many stream records.
  public var streamCount: UInt32
}
