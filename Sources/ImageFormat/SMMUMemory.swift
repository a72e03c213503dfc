/// What EL2 keeps for each SMMU in writable memory, and the form of its stream tables.
public enum SMMUMemory {
  /// Bytes for each SMMU: one page.
  public static var size: UInt64 { 4096 }
  /// Where the event queue starts: 64 records of 32 bytes, at a multiple of its size (Arm IHI 0070, 3.5.1).
  public static var events: UInt64 { 0 }
  /// log2 of the number of events.
  public static var eventBits: UInt64 { 6 }
  /// Where the command queue starts: 16 commands of 16 bytes.
  public static var commands: UInt64 { 2048 }
  /// log2 of the number of commands.
  public static var commandBits: UInt64 { 4 }
  /// Where the runtime's own state starts.
  public static var state: UInt64 { 2304 }
  /// Entries of one table of stream table entries: SPLIT = 6 in SMMU_STRTAB_BASE_CFG, 4 KiB (IHI 0070, 6.3.25).
  public static var leafEntries: Int { 64 }
}
