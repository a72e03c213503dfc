import DeviceTree

/// A line, a channel or a whole block that serves one device at a time.
public struct ExclusiveClaim: Hashable, Sendable {
  /// What is claimed.
  public enum Kind: String, Sendable, CaseIterable {
    case dmaChannel = "dma-channel"
    case resetLine = "reset-line"
    case gpioLine = "gpio-line"
    case powerDomain = "power-domain"
    case mailboxChannel = "mailbox-channel"
    case phy
    case privateIOMMU = "private-iommu"
  }

  /// What two claims have in common if they are on the same thing.
  public struct Line: Hashable, Sendable {
    /// What is claimed.
    public let kind: Kind
    /// Path of the controller, the PHY or the IOMMU.
    public let controller: String
    /// The cells of the specifier that say which line or channel (`SpecifierIdentity`); none for a whole block.
    public let cells: [UInt32]

    /// The number as a person writes it: decimal, several cells with points between them; `nil` for a whole block.
    public var number: String? { cells.isEmpty ? nil : cells.map(String.init).joined(separator: ".") }
  }

  /// What is claimed.
  public let line: Line
  /// All cells of the specifier: flags and priorities as well.
  public let specifier: [UInt32]
  /// The property that says so.
  public let property: String
  /// Path of the node with that property: the device, a node below it, or a wrapper or bus above it.
  public let node: String
  /// Path of the device that the claims were asked for.
  public let device: String

  /// What is claimed.
  public var kind: Kind { line.kind }
  /// Path of the controller, the PHY or the IOMMU.
  public var controller: String { line.controller }
}

extension ExclusiveClaim.Kind {
  /// What is claimed, in words.
  public var words: String {
    switch self {
    case .dmaChannel: "DMA channel"
    case .resetLine: "reset line"
    case .gpioLine: "GPIO line"
    case .powerDomain: "power domain"
    case .mailboxChannel: "mailbox channel"
    case .phy: "PHY"
    case .privateIOMMU: "IOMMU"
    }
  }

  /// Whether a policy for the controller lets two domains refer to the same: a reset line or a power domain that nobody
  /// drives, or the firmware, does no harm; a channel, a line or a PHY has one user whoever set it up.
  public var isSettledByPolicy: Bool { self == .resetLine || self == .powerDomain }
}

extension ExclusiveClaim.Line: CustomStringConvertible {
  /// `GPIO line 3 of /gpio@…`, `PHY /phy@…`.
  public var description: String {
    number.map { "\(kind.words) \($0) of \(controller)" } ?? "\(kind.words) \(controller)"
  }
}

extension ExclusiveClaim.Line: Comparable {
  /// By kind as `Kind` lists them, then by controller, then by number.
  public static func < (left: Self, right: Self) -> Bool {
    if left.kind != right.kind { return left.rank < right.rank }
    if left.controller != right.controller { return left.controller < right.controller }
    return left.cells.lexicographicallyPrecedes(right.cells)
  }

  private var rank: Int { ExclusiveClaim.Kind.allCases.firstIndex(of: kind) ?? 0 }
}
