import DeviceTree
import Ownership

extension BoardReader {
  private static let versions: [String: SMMU.Version] = [
    "arm,smmu-v3": .three, "arm,smmu-v1": .two, "arm,smmu-v2": .two, "arm,mmu-400": .two, "arm,mmu-401": .two,
    "arm,mmu-500": .two, "cavium,smmu-v2": .two, "qcom,smmu-v2": .two, "qcom,smmu-500": .two,
    "marvell,ap806-smmu-500": .two, "nvidia,smmu-500": .two,
  ]

  /// Arm's SMMUs, by the compatibles of the kernel's bindings `arm,smmu.yaml` and `arm,smmu-v3.yaml`.
  mutating func smmus() -> [SMMU] {
    var found: [SMMU] = []
    for node in tree.nodes where node.has("#iommu-cells") {
      guard let version = node.compatible.lazy.compactMap({ Self.versions[$0] }).first else { continue }
      let isEnabled = tree.isEnabled(node)
      found.append(
        SMMU(
          path: node.path, version: version, isEnabled: isEnabled,
          registers: ranges(of: node, noting: isEnabled),
          streamMatchMask: node.property("stream-match-mask")?.cell ?? 0, isCoherent: node.has("dma-coherent"),
          eventInterrupt: version == .three ? interrupt(of: node, named: ["eventq", "combined"]) : nil,
          errorInterrupt: version == .three ? interrupt(of: node, named: ["gerror", "combined"]) : nil))
    }
    return found
  }

  /// The line of the first of these names that the node's `interrupt-names` has, if it ends at the GIC (kernel binding
  /// arm,smmu-v3.yaml).
  private mutating func interrupt(of node: Node, named names: [String]) -> ResolvedInterrupt? {
    let known = node.property("interrupt-names")?.strings ?? []
    guard let index = names.lazy.compactMap({ known.firstIndex(of: $0) }).first,
      case .gic(let line) = resolver.interrupts(of: node).entries.first(where: { $0.index == index })?.end
    else { return nil }
    return line
  }
}
