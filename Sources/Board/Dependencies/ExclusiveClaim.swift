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

extension Board {
  /// The lines and channels that a device claims by itself, by the nodes below it, and by what it inherits from the buses
  /// and wrappers above it. Those that its providers claim are theirs.
  public func exclusiveClaims(of devicePath: String) -> [ExclusiveClaim] {
    guard let start = tree.node(at: devicePath) else { return [] }
    let graph = dependencyGraph
    let above = tree.chain(from: start).dropFirst().dropLast().map(\.index).reversed()
    return (above + Array(start.index..<tree.endOfSubtree(of: start))).flatMap { index in
      graph.edges[index].compactMap { edge in
        guard index >= start.index || edge.dependency.isInheritedByChildren,
          let line = ExclusiveClaim.Line(edge.dependency, target: tree.nodes[edge.target])
        else { return nil }
        let dependency = edge.dependency
        return ExclusiveClaim(
          line: line, specifier: dependency.specifier, property: dependency.property, node: dependency.from,
          device: devicePath)
      }
    }
  }
}

extension ExclusiveClaim.Line {
  /// What a reference claims; `nil` if many may refer to the same.
  init?(_ dependency: Dependency, target: Node) {
    guard dependency.role != .hypervisor, dependency.role != .copied, dependency.role != .description else {
      return nil
    }
    let kind: ExclusiveClaim.Kind
    switch dependency.kind {
    case .dmaChannel: kind = .dmaChannel
    case .reset: kind = .resetLine
    case .gpio where dependency.property != "trigger-sources": kind = .gpioLine
    case .powerDomain: kind = .powerDomain
    case .mailbox: kind = .mailboxChannel
    case .phy, .ethernetPHY: kind = .phy
    case .iommu where dependency.role == .exclusive: kind = .privateIOMMU
    default: return nil
    }
    let cells = SpecifierIdentity.cells(of: dependency.specifier, kind: kind, controller: target.compatible)
    self.init(kind: kind, controller: dependency.to, cells: cells)
  }
}
