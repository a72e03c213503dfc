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

extension ResolvedInterrupt {
  /// The line as a manual counts it: `SPI 33`, `PPI 11`, and the extended ones of GICv3.1.
  public var name: String { Self.name(ofINTID: intid) }

  /// The line of an INTID as a manual counts it (IHI 0069, section 2.2.1).
  public static func name(ofINTID intid: UInt32) -> String {
    switch intid {
    case 0..<16: "SGI \(intid)"
    case 16..<32: "PPI \(intid - 16)"
    case 32..<1020: "SPI \(intid - 32)"
    case 1056..<1120: "extended PPI \(intid - 1056)"
    case 4096..<5120: "extended SPI \(intid - 4096)"
    default: "INTID \(intid)"
    }
  }
}
