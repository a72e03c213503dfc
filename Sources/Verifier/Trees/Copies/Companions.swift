import DeviceTree

/// Properties that name the references of another one, or say how it is read.
enum Companions {
  /// The property with the names of a list of references (devicetree specification v0.4 and the kernel's bindings).
  private static let names: [String: String] = [
    "clocks": "clock-names", "resets": "reset-names", "power-domains": "power-domain-names", "dmas": "dma-names",
    "mboxes": "mbox-names", "phys": "phy-names", "pwms": "pwm-names", "io-channels": "io-channel-names",
    "memory-region": "memory-region-names", "nvmem-cells": "nvmem-cell-names", "mux-controls": "mux-control-names",
    "thermal-sensors": "thermal-sensor-names",
  ]

  private static let lists: [String: String] = {
    var lists: [String: String] = [:]
    for (list, name) in names { lists[name] = list }
    for (name, list) in [
      ("iommu-map-mask", "iommu-map"), ("msi-map-mask", "msi-map"), ("interconnect-names", "interconnects"),
    ] { lists[name] = list }
    return lists
  }()

  /// The property that names the references of a list.
  static func names(of list: String) -> String? { names[list] }

  /// The list that a property belongs to.
  static func list(of name: String) -> String? { lists[name] }

  /// Whether a property differs from the board's only because it follows its list, which is looked at for itself.
  static func follows(_ property: Property, _ source: SourceNode, _ node: Node) -> Bool {
    if property.name == "assigned-clock-rates" { return node.has("assigned-clocks") }
    guard let list = lists[property.name], names[list] == property.name, source.lists[list] != nil else { return false }
    return node.has(list)
  }
}
