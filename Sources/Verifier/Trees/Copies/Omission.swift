import DeviceTree

/// Why a copied node may lack a property that the board's has: the whole list.
enum Omission {
  /// Its new place has no use for it: an assigned node is enabled, a provider has no registers.
  case place
  /// The board's own reference cannot be read.
  case malformed
  /// Its references lead to what the domain does not have: a power domain, a reset line, a DMA channel, an SMMU …
  case foreignTarget
  /// It names references that are gone.
  case companion
  /// One of the node's pin states leads to what the domain does not have, and they are counted.
  case pinStates
  /// It sets clocks that the domain does not drive.
  case clockSettings

  /// Why a property may be gone; `nil` if it has to be there.
  static func reason(
    for name: String, _ source: SourceNode, _ copy: CopiedNode, mayBeLeft: (BoardReference) -> Bool
  ) -> Omission? {
    if copy.isTaken(name) { return .place }
    if source.malformed.contains(name) { return .malformed }
    if name.hasPrefix("assigned-clock") { return isUnsettable(name, source, mayBeLeft) ? .clockSettings : nil }
    if let list = source.lists[name] {
      if list.allSatisfy(mayBeLeft) { return .foreignTarget }
      if isAllOrNothing(name), list.contains(where: mayBeLeft) { return .foreignTarget }
    }
    if name.hasPrefix("pinctrl-") {
      let isBroken = source.lists.contains { $0.key.hasPrefix("pinctrl-") && $0.value.contains(where: mayBeLeft) }
      if isBroken || source.malformed.contains(where: { $0.hasPrefix("pinctrl-") }) { return .pinStates }
    }
    if let list = Companions.list(of: name), source.node.has(list),
      source.malformed.contains(list) || reason(for: list, source, copy, mayBeLeft: mayBeLeft) != nil
    {
      return .companion
    }
    return nil
  }

  /// Whether a list loses its meaning with any of its references: pin states belong together, interconnects stand in
  /// pairs.
  static func isAllOrNothing(_ name: String) -> Bool { name.hasPrefix("pinctrl-") || name == "interconnects" }

  /// Whether none of the clocks can be set; of their parents and rates, whether one of them is gone.
  private static func isUnsettable(_ name: String, _ source: SourceNode, _ mayBeLeft: (BoardReference) -> Bool) -> Bool
  {
    guard let clocks = source.lists["assigned-clocks"] else { return true }
    let parents = source.lists["assigned-clock-parents"] ?? []
    let gone = clocks.filter { clock in
      mayBeLeft(clock) || parents.contains { $0.index == clock.index && mayBeLeft($0) }
    }
    return name == "assigned-clocks" ? gone.count == clocks.count : !gone.isEmpty
  }
}
