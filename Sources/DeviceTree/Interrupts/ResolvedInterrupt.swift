/// An interrupt of a device, followed through every parent to the GIC.
public struct ResolvedInterrupt: Hashable, Sendable {
  /// How the GIC classes the line.
  public enum Kind: String, Sendable, Hashable {
    /// Shared peripheral interrupt, INTID 32 and above.
    case shared
    /// Private peripheral interrupt, INTID 16 to 31.
    case `private`
  }

  /// The GIC's interrupt id: an SPI's number plus 32, a PPI's plus 16.
  public let intid: UInt32
  /// Shared or private.
  public let kind: Kind
  /// Whether the line is edge triggered (else level sensitive).
  public let isEdge: Bool
  /// The specifier's flags cell as it stands in the tree.
  public let flags: UInt32
  /// Paths of the controllers that the line went through on its way to the GIC, nearest first; empty if direct.
  public let via: [String]

  /// Makes a resolved interrupt.
  public init(intid: UInt32, kind: Kind, isEdge: Bool, flags: UInt32, via: [String]) {
    self.intid = intid
    self.kind = kind
    self.isEdge = isEdge
    self.flags = flags
    self.via = via
  }
}
