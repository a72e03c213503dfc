/// Where the three parts of a split virtqueue are (virtio 1.2, 2.7), checked: whole, aligned, and within the pages.
public struct QueueLayout: Equatable, Sendable {
  /// The most descriptors that a queue may have here.
  public static var mostEntries: UInt16 { 64 }

  /// Descriptors in the table, a power of two.
  public let entries: UInt16
  /// The descriptor table: 16 bytes each.
  public let descriptors: UInt64
  /// The available ring: flags, index, an entry of 2 bytes for each descriptor, `used_event`.
  public let available: UInt64
  /// The used ring: flags, index, an entry of 8 bytes for each descriptor, `avail_event`.
  public let used: UInt64

  /// `nil` unless every part is as the specification has it and lies in the pages. Both sides check what the other chose.
  public init?(entries: UInt16, descriptors: UInt64, available: UInt64, used: UInt64, in pages: PageRange) {
    guard entries > 0, entries <= Self.mostEntries, entries & (entries - 1) == 0 else { return nil }
    guard descriptors % 16 == 0, available % 2 == 0, used % 4 == 0 else { return nil }
    let count = UInt64(entries)
    guard pages.contains(descriptors, size: 16 * count), pages.contains(available, size: 6 + 2 * count),
      pages.contains(used, size: 6 + 8 * count)
    else { return nil }
    self.entries = entries
    self.descriptors = descriptors
    self.available = available
    self.used = used
  }

  /// Address of the available ring's index.
  var availableIndex: UInt64 { available + 2 }
  /// Address of the used ring's index.
  var usedIndex: UInt64 { used + 2 }

  /// Address of a descriptor; numbers wrap.
  func descriptor(_ number: UInt16) -> UInt64 { descriptors + 16 * UInt64(number & (entries - 1)) }
  /// Address of an entry of the available ring by the running index.
  func availableEntry(_ index: UInt16) -> UInt64 { available + 4 + 2 * UInt64(index & (entries - 1)) }
  /// Address of an entry of the used ring by the running index.
  func usedEntry(_ index: UInt16) -> UInt64 { used + 4 + 8 * UInt64(index & (entries - 1)) }
}
