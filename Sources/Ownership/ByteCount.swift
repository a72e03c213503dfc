extension UInt64 {
  /// The number as a size in words: `64 MiB`, `1536 KiB`, `100 bytes`; the largest unit that leaves no fraction.
  public var byteCount: String {
    for (unit, shift) in [("GiB", 30), ("MiB", 20), ("KiB", 10)] where self >= 1 << shift {
      if self & ((1 << shift) - 1) == 0 { return "\(self >> shift) \(unit)" }
    }
    return self == 1 ? "1 byte" : "\(self) bytes"
  }
}
