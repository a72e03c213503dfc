import DeviceTree

/// Who has to answer for a node that others refer to.
struct RoleTable {
  private let tree: DeviceTree
  private let hypervisors: Set<String>
  /// By node: whether it is an interface to firmware or stands below one.
  let isFirmware: [Bool]

  init(tree: DeviceTree, smmus: [SMMU], controller: InterruptController?) {
    self.tree = tree
    hypervisors = Set(smmus.map(\.path)).union(controller?.paths ?? [])
    var isFirmware: [Bool] = []
    isFirmware.reserveCapacity(tree.nodes.count)
    for node in tree.nodes {
      let above = node.parent.map { isFirmware[$0] } ?? false
      isFirmware.append(above || node.compatible.contains(where: Self.isFirmware))
    }
    self.isFirmware = isFirmware
  }

  /// The role of `node` towards one that refers to it for `kind`.
  func role(of node: Node, kind: ReferenceKind) -> Dependency.Role {
    if hypervisors.contains(node.path) { return .hypervisor }
    switch kind {
    case .memoryRegion: return .exclusive
    case .operatingPoints, .idleState, .pinState, .configuration: return .copied
    case .cpu, .cache, .thermalSensor, .coolingDevice, .graph: return .description
    case .interrupt where !node.has("interrupt-controller") && node.has("interrupt-map"): return .description
    case .firmware: return .firmware
    default: break
    }
    let compatible = node.compatible
    if compatible.contains(where: { $0.hasPrefix("arm,psci") }) { return .hypervisor }
    if compatible.contains(where: Self.copied.contains) { return .copied }
    if compatible.contains("regulator-fixed"), !node.has("gpio"), !node.has("gpios") { return .copied }
    if isFirmware[node.index] { return .firmware }
    return servesOneOnly(node, kind: kind) ? .exclusive : .provider
  }

  /// Whether the whole node goes to whoever refers to it: a PHY without numbers, an IOMMU without stream ids.
  private func servesOneOnly(_ node: Node, kind: ReferenceKind) -> Bool {
    switch kind {
    case .ethernetPHY: true
    case .phy: (node.property("#phy-cells")?.cell ?? 0) == 0
    case .iommu: node.property("#iommu-cells")?.cell == 0
    default: false
    }
  }

  private static let copied: Set<String> = ["fixed-clock", "fixed-factor-clock"]

  /// Interfaces to firmware: SCMI and its forerunner SCPI, Xilinx EEMI, TI-SCI, NXP's SCU, NVIDIA's BPMP, Qualcomm's SCM,
  /// OP-TEE, and the Raspberry Pi's.
  private static func isFirmware(_ compatible: String) -> Bool {
    if compatible.hasSuffix("-firmware") { return true }
    if compatible.hasPrefix("ti,"), compatible.hasSuffix("-sci") { return true }
    return ["arm,scmi", "arm,scpi", "qcom,scm"].contains { compatible == $0 || compatible.hasPrefix($0 + "-") }
      || ["fsl,imx-scu", "linaro,optee-tz"].contains(compatible)
      || compatible.hasPrefix("nvidia,tegra") && compatible.hasSuffix("-bpmp")
  }
}
