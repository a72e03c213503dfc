/// An image that differs from the one that was built in a few bytes.
public struct Mutant: Sendable {
  /// Bytes that stand somewhere instead of what was there.
  public struct Patch: Hashable, Sendable {
    /// Physical address of the first.
    public let address: UInt64
    /// The bytes.
    public let bytes: [UInt8]

    /// Puts bytes at an address.
    public init(address: UInt64, bytes: [UInt8]) {
      self.address = address
      self.bytes = bytes
    }
  }

  /// What was changed, and how: `root table of domain cluster, byte 0x18, bit 3`.
  public let name: String
  /// Where.
  public let structure: MutatedStructure
  /// The changes.
  public let patches: [Patch]

  /// Describes a mutant.
  public init(name: String, structure: MutatedStructure, patches: [Patch]) {
    self.name = name
    self.structure = structure
    self.patches = patches
  }
}
