/// Bytes of a pristine payload, and where they go when their domain restarts.
public struct MemoryCopy {
  /// Physical address of the pristine bytes.
  public var source: UInt64
  /// Physical address in the domain's memory.
  public var destination: UInt64
  /// Bytes.
  public var size: UInt64
}
