/// What the linked runtime tells the compiler and what the compiler patches into it; at offset 64 of the image, right
/// behind the 64-byte arm64 Image header (Linux, Documentation/arm64/booting.rst).
///
/// All offsets count from the start of the image. Every section starts on a page. Layout: text (RX), read-only data (R),
/// data with BSS (RW, zeros included in the file), right behind that the domains' states, then what the compiler adds.
public struct RuntimeHeader {
  /// `FormatVersion.runtimeMagic`.
  public var magic: UInt64
  /// `FormatVersion.current` of the sources the runtime was built from.
  public var version: UInt32
  /// Bytes of EL2 stack that each CPU needs, a multiple of 64.
  public var stackSize: UInt32
  /// Bytes of zeroed state that each CPU needs, a multiple of 64 (one cache line).
  public var cpuStateSize: UInt32
  /// Bytes of zeroed state that each domain needs, a multiple of 64.
  public var domainStateSize: UInt32
  /// Bytes of text, from offset 0.
  public var textSize: UInt64
  /// Where read-only data starts and how long it is (whole pages).
  public var readOnlyOffset: UInt64
  /// Bytes of read-only data.
  public var readOnlySize: UInt64
  /// Where data starts.
  public var dataOffset: UInt64
  /// Bytes of data and BSS, a multiple of 64.
  public var dataSize: UInt64
  /// Patched by the compiler: the partition table's address as EL2's map has it.
  public var partitionTable: UInt64
  /// Patched by the compiler: the address that the image must run at.
  public var imageBase: UInt64
  /// Patched by the compiler: the partition table's physical address, for as long as the MMU is off. Another one only where
  /// the hypervisor has cache colours.
  public var partitionTablePhysical: UInt64

  /// Where the header stands in the image.
  public static var offset: Int { 64 }
}
