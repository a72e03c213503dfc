import Ownership

/// Hands out the hypervisor's memory from its first address upwards.
struct LayoutCursor {
  /// First address of the hypervisor's memory.
  let base: UInt64
  /// Bytes handed out so far.
  private(set) var used: UInt64 = 0
  /// The sections so far.
  private(set) var sections: [LayoutSection] = []

  /// Starts at an address.
  init(base: UInt64) { self.base = base }

  /// The next address to be handed out.
  var address: UInt64 { base &+ used }

  /// Takes `size` bytes (rounded up to pages) as a section of its own; its first address.
  ///
  /// The sizes come from checked headers and table counts, so no sum comes near 2^64; `HypervisorLayout` compares the
  /// total with the memory before any address is used.
  @discardableResult
  mutating func take(_ kind: LayoutSection.Kind, _ size: UInt64) -> UInt64 {
    let start = address
    let rounded = (size + 4095) & ~4095
    if let range = AddressRange(base: start, size: rounded) { sections.append(LayoutSection(kind: kind, range: range)) }
    used += rounded
    return start
  }

  /// Leaves `size` bytes unmapped.
  mutating func skip(_ size: UInt64) { used += size }
}
