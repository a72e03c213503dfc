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
  /// The leaves, joined where they follow one another: few, however many leaves there are.
  public let runs: [MappedRun]
  /// What is malformed: entries that are neither valid nor zero, tables outside the image, bad controls.
  public let findings: [Finding]

  /// Takes what a walk found; joins the leaves.
  init(
    inputBits: Int, startLevel: Int, root: AddressRange, tables: [UInt64], leaves: [Leaf], findings: [Finding]
  ) {
    self.inputBits = inputBits
    self.startLevel = startLevel
    self.root = root
    self.tables = tables
    self.leaves = leaves
    self.findings = findings
    runs = MappedRun.runs(of: leaves)
  }
}
