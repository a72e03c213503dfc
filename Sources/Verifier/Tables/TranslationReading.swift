import Diagnostics
import Ownership

/// A set of translation tables, walked down to every leaf.
public struct TranslationReading: Sendable {
  /// Bits of the input address (64 - TnSZ).
  public let inputBits: Int
  /// Level of the first lookup.
  public let startLevel: Int
  /// The root, concatenated tables included, by physical address.
  public let root: AddressRange
  /// Physical addresses of the tables below the root, each once for each time that a descriptor leads to it.
  public let tables: [UInt64]
  /// Every valid block and page, by input address.
  public let leaves: [Leaf]
  /// What is malformed: entries that are neither valid nor zero, tables outside the image, bad controls.
  public let findings: [Finding]
}
