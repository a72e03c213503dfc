import Ownership

/// A run of memory whose every bit is to be flipped.
public struct MutationSite: Hashable, Sendable {
  /// What kind of structure it belongs to, for the report's lines.
  public let structure: MutatedStructure
  /// What a message calls it: `root table of domain cluster`.
  public let name: String
  /// Where it lies, by physical address.
  public let memory: AddressRange

  /// How many bits it has.
  public var bitCount: Int { Int(clamping: memory.size) * 8 }
}
