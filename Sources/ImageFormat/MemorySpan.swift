/// Physical memory of a domain that is cleared before it restarts: whole pages.
public struct MemorySpan {
  /// Physical address.
  public var base: UInt64
  /// Bytes.
  public var size: UInt64
}
