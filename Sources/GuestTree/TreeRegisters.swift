/// One entry of `reg`.
public struct TreeRegisters: Equatable {
  /// First address.
  public let base: UInt64
  /// Bytes; at least 1, and `base + size - 1` fits.
  public let size: UInt64
}
