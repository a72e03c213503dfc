/// Sizes that stage 2 can map at once with its 4 KiB granule (Arm DDI 0487, D8.2.9), in bytes.
public enum Granule {
  /// A level 3 page.
  public static let page: UInt64 = 4096
  /// A level 2 block.
  public static let block2MiB: UInt64 = 2 << 20
  /// A level 1 block.
  public static let block1GiB: UInt64 = 1 << 30
}
