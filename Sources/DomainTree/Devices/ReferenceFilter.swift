import DeviceTree
import Diagnostics
import Partition

/// Leaves out of a copied node what refers to hardware outside the domain.
struct ReferenceFilter {
  /// The board's tree.
  let tree: DeviceTree
  /// What is copied.
  let scope: CopyScope
  private var dropped: [String] = []
  private var targets: [String] = []

  /// Properties that say something about another one and are meaningless without it.
  private static let companions: [String: [String]] = [
    "clocks": ["clock-names"],
    "assigned-clocks": ["assigned-clock-rates", "assigned-clock-parents"],
    "assigned-clock-parents": ["assigned-clocks", "assigned-clock-rates"],
    "resets": ["reset-names"],
    "power-domains": ["power-domain-names"],
    "dmas": ["dma-names"],
    "mboxes": ["mbox-names"],
    "phys": ["phy-names"],
    "pwms": ["pwm-names"],
    "iommu-map": ["iommu-map-mask"],
    "msi-map": ["msi-map-mask"],
    "interconnects": ["interconnect-names"],
    "io-channels": ["io-channel-names"],
    "memory-region": ["memory-region-names"],
    "nvmem-cells": ["nvmem-cell-names"],
    "mux-controls": ["mux-control-names"],
    "thermal-sensors": ["thermal-sensor-names"],
  ]

  /// Prepares for one node.
  init(tree: DeviceTree, scope: CopyScope) {
    self.tree = tree
    self.scope = scope
  }

  /// Removes properties with references that lead outside, or that cannot be read, and their companions.
  mutating func filter(_ node: inout TreeNode, _ source: Node) {
    let references = tree.references(of: source)
    for reference in references.entries where !scope.resolves(reference.target) {
      drop(reference.property, from: &node)
      if !targets.contains(reference.target) { targets.append(reference.target) }
    }
    for fault in references.faults { drop(fault.property, from: &node) }
  }

  /// A note on what was left out, or `nil`. A graph's far end is no loss that needs one.
  func finding(_ source: Node, _ domain: DomainPlan) -> Finding? {
    let worthNaming = dropped.filter { $0 != "remote-endpoint" }
    guard !worthNaming.isEmpty else { return nil }
    let lead = worthNaming.count == 1 ? "leads" : "lead"
    let where_ = targets.isEmpty ? "cannot be read" : "\(lead) to \(targets.joined(separator: ", "))"
    return Finding(
      DomainTreeRules.reference, .note,
      "\(source.path) comes to domain \(domain.name) without \(worthNaming.joined(separator: ", ")), which \(where_)",
      subjects: [source.path] + targets, resource: ResourceReference(.dependency, targets.first),
      domains: [domain.name], spans: [scope.span(of: source)])
  }

  private mutating func drop(_ property: String, from node: inout TreeNode) {
    guard node.property(property) != nil else { return }
    node.remove(property)
    dropped.append(property)
    for companion in Self.companions[property] ?? [] { node.remove(companion) }
    if property.hasPrefix("pinctrl-") { dropPinStates(from: &node) }
  }

  /// `pinctrl-names` counts `pinctrl-0`, `pinctrl-1`, …: one without the others would give states wrong names.
  private mutating func dropPinStates(from node: inout TreeNode) {
    for property in node.properties where property.name.hasPrefix("pinctrl-") { node.remove(property.name) }
  }
}
