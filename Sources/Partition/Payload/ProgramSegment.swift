/// A loadable segment of an ELF file (ELF-64 Object File Format, “Program header table”, type PT_LOAD).
public struct ProgramSegment: Hashable, Sendable {
  /// Offset of its first byte in the file.
  public let offset: UInt64
  /// Bytes in the file.
  public let fileSize: UInt64
  /// Bytes in memory; what the file does not fill is zero.
  public let memorySize: UInt64
  /// `p_paddr`: the address at which the program expects it while its MMU is off.
  public let address: UInt64
  /// `p_vaddr`: the address that `e_entry` counts in.
  public let virtualAddress: UInt64
}
