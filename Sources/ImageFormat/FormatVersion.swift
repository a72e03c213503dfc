/// Constants that the compiler and the runtime must agree on before they read anything else of each other.
public enum FormatVersion {
  /// Counts up with every change of a record in this module. The runtime refuses another number.
  public static var current: UInt32 { 4 }
  /// First eight bytes of the partition table, `BULKHEAD` in ASCII, little-endian.
  public static var partitionMagic: UInt64 { 0x4441_4548_4B4C_5542 }
  /// First eight bytes of the runtime header, `BHRUNTIM` in ASCII, little-endian.
  public static var runtimeMagic: UInt64 { 0x4D49_544E_5552_4842 }
}
