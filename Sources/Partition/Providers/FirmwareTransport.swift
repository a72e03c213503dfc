import DeviceTree

/// How requests reach the firmware that a node belongs to, where Bulkhead can keep two domains' requests apart or give
/// the way there to one domain alone.
public enum FirmwareTransport: Hashable, Sendable {
  /// Xilinx EEMI by SMC: function and id stand in registers, so each call can be judged.
  case embeddedEnergyManagement(interface: String)
  /// SCMI by SMC (Arm DEN 0056): one function, and everything else in shared memory that EL2 does not read.
  case scmiSMC(interface: String, function: UInt32, memory: [String])
  /// SCMI or TI-SCI by mailboxes, with shared memory where there is some: messages that EL2 does not see.
  case mailbox(interface: String, channels: [String])

  /// The transport of the nearest interface at or above a node; `nil` if there is none that Bulkhead knows.
  public static func of(_ path: String, on tree: DeviceTree) -> FirmwareTransport? {
    guard let start = tree.node(at: path) else { return nil }
    return tree.chain(from: start).lazy.compactMap { interface($0, tree) }.first
  }

  /// Path of the interface's node.
  public var interface: String {
    switch self {
    case .embeddedEnergyManagement(let interface): interface
    case .scmiSMC(let interface, _, _): interface
    case .mailbox(let interface, _): interface
    }
  }

  /// The nodes that messages travel through: mailbox controllers and shared memory. Whoever has them talks to the
  /// firmware, so they are one domain's.
  public var channels: [String] {
    switch self {
    case .embeddedEnergyManagement: []
    case .scmiSMC(_, _, let memory): memory
    case .mailbox(_, let channels): channels
    }
  }

  /// Whether requests are messages, of which EL2 sees nothing.
  public var isByMessages: Bool {
    if case .embeddedEnergyManagement = self { false } else { true }
  }

  private static func interface(_ node: Node, _ tree: DeviceTree) -> FirmwareTransport? {
    let compatible = node.compatible
    func targets(_ properties: Set<String>) -> [String] {
      tree.references(of: node).entries.filter { properties.contains($0.property) }.map(\.target)
        .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
    if compatible.contains(where: energyManagement.contains) {
      return node.property("method")?.string == "smc" ? .embeddedEnergyManagement(interface: node.path) : nil
    }
    // `arm,scmi-smc-param` puts the channel's address into registers; the rest is the same.
    if compatible.contains("arm,scmi-smc") || compatible.contains("arm,scmi-smc-param") {
      guard let function = node.property("arm,smc-id")?.cell else { return nil }
      return .scmiSMC(interface: node.path, function: function, memory: targets(["shmem"]))
    }
    if compatible.contains(where: messages.contains) {
      return .mailbox(interface: node.path, channels: targets(["mboxes", "shmem"]))
    }
    return nil
  }

  private static let energyManagement: Set = ["xlnx,zynqmp-firmware", "xlnx,versal-firmware"]
  private static let messages: Set = ["arm,scmi", "ti,k2g-sci", "ti,am654-sci"]
}
