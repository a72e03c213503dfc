import DeviceTree

/// A property with several references, some of which are replaced or left out, and the property that names them.
struct NamedList {
  /// The property.
  let property: String
  /// Its references in order.
  let list: [Reference]
  /// What becomes of each.
  let fates: [ReferenceFate]
  /// The board's tree.
  let tree: DeviceTree

  /// The property that gives each reference of another one a name.
  private static let names: [String: String] = [
    "clocks": "clock-names", "resets": "reset-names", "power-domains": "power-domain-names", "dmas": "dma-names",
    "mboxes": "mbox-names", "phys": "phy-names", "pwms": "pwm-names", "io-channels": "io-channel-names",
    "memory-region": "memory-region-names", "nvmem-cells": "nvmem-cell-names", "mux-controls": "mux-control-names",
    "thermal-sensors": "thermal-sensor-names",
  ]

  /// Lists without a meaning of a reference's place, and those of rows.
  private static let unordered: Set<String> = [
    "iommus", "iommu-map", "msi-map", "gpio-ranges", "cooling-device", "trigger-sources", "power-supplies",
  ]

  /// Properties that make no sense without another one.
  static func companions(of property: String) -> [String] {
    switch property {
    case "iommu-map": ["iommu-map-mask"]
    case "msi-map": ["msi-map-mask"]
    case "interconnects": ["interconnect-names"]
    default: names[property].map { [$0] } ?? []
    }
  }

  /// Whether a property loses its meaning with any of its references: pin states belong together, interconnects stand
  /// in pairs.
  static func isAllOrNothing(_ property: String) -> Bool {
    property.hasPrefix("pinctrl-") || property == "interconnects"
  }

  /// The name that a node gives one of its references.
  static func name(of reference: Reference, in node: TreeNode) -> String? {
    let texts = names[reference.property].flatMap { node.property($0)?.strings }
    return texts.flatMap { $0.indices.contains(reference.index) ? $0[reference.index] : nil }
  }

  /// Writes the list, and the names in step with it.
  func write(to node: inout TreeNode) {
    let count = (list.last?.index ?? -1) + 1
    var entries = [[UInt32]?](repeating: nil, count: count)
    for (reference, fate) in zip(list, fates) where reference.index < count {
      entries[reference.index] = cells(reference, fate)
    }
    let companion = Self.names[property]
    let texts = companion.flatMap { node.property($0)?.strings }
    if let companion, let texts, texts.count == count {
      node.set(companion, strings: zip(texts, entries).filter { $1 != nil }.map(\.0))
    } else if !Self.unordered.contains(property) {
      // The place of what is left out is kept by a phandle of 0, unless nothing follows.
      while entries.last == .some(nil) { entries.removeLast() }
      entries = entries.map { $0 ?? [0] }
    }
    node.set(property, cells: entries.compactMap { $0 }.flatMap { $0 })
  }

  private func cells(_ reference: Reference, _ fate: ReferenceFate) -> [UInt32]? {
    switch fate {
    case .left: return nil
    case .replaced(let phandle): return [phandle]
    case .kept:
      guard let phandle = tree.node(at: reference.target)?.phandle else { return nil }
      let cells = reference.specifier
      let isRow = property == "iommu-map" || property == "msi-map"
      return isRow ? cells.prefix(1) + [phandle] + cells.dropFirst() : [phandle] + cells
    }
  }
}
