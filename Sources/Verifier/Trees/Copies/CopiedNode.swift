import DeviceTree

/// One copied node beside its original: what of it stays the same and what its new place changes.
struct CopiedNode {
  /// How a node came into the tree.
  enum Role {
    /// A device whose own bus is left behind.
    case top(TopPlace)
    /// A node below a device, or below a node of firmware.
    case inner
    /// A provider that came along.
    case provider
    /// The topmost node of firmware.
    case firmware
  }

  /// Its role.
  let role: Role
  private let node: Node
  private let source: SourceNode
  private let match: TreeMatch

  /// Puts both beside each other.
  init(_ node: Node, _ source: SourceNode, _ match: TreeMatch) {
    self.node = node
    self.source = source
    self.match = match
    switch match.origins[node.index] {
    case .provider: role = .provider
    case .firmware:
      role = node.parent.map { match.origins[$0] != .firmware } ?? false ? .firmware : .inner
    default:
      role = match.isTop(node) ? match.domain.places[source.node.index].map { .top($0) } ?? .inner : .inner
    }
  }

  /// In what a property differs from what it should be, apart from references and interrupts; `nil` if in nothing.
  func difference(_ property: Property) -> String? {
    let wanted = expected(property.name)
    guard let wanted else {
      return isInherited(property) ? nil : "is explained neither by the board's tree nor by the manifest"
    }
    if wanted == property.value || Companions.follows(property, source, node) { return nil }
    let there = PropertyWords.words(Property(name: property.name, value: wanted))
    return "is \(PropertyWords.words(property)), and should be \(there)"
  }

  /// The bytes that a property has to have; `nil` if it may not be there.
  private func expected(_ name: String) -> [UInt8]? {
    let own = source.node.property(name)?.value
    switch role {
    case .inner: return own
    case .provider: return name == "reg" ? nil : own
    case .firmware: return ["reg", "reg-names", "status"].contains(name) ? nil : own
    case .top(let place):
      switch name {
      case "reg": return place.registers
      case "reg-names": return place.keepsRegisterNames ? own : nil
      case "ranges": return place.ranges
      case "dma-ranges": return place.dmaRanges
      case "status": return nil
      default: return own
      }
    }
  }

  /// What a node's new place takes from it.
  func isTaken(_ name: String) -> Bool { source.node.has(name) && expected(name) == nil }

  private func isInherited(_ property: Property) -> Bool {
    guard case .top(let place) = role else { return false }
    return property.value.isEmpty && place.inherited.contains(property.name)
  }

  /// Flags of the buses above that the node should have taken over.
  func inheritedFlags(missingIn node: Node) -> [String] {
    guard case .top(let place) = role else { return [] }
    return place.inherited.filter { !node.has($0) }.sorted()
  }
}
