import DeviceTree
import Partition

/// A node for each channel that the domain writes or reads (`dts/bindings/bulkhead,channel.yaml`), but for those that it sees
/// as PCI functions.
enum ChannelNodes {
  /// The nodes in the plan's order. No memory node covers their pages, so that a kernel does not take them for RAM.
  static func nodes(_ domain: DomainPlan, _ channels: [ChannelPlan]) -> [TreeNode] {
    channels.compactMap { channel in
      let isWriter = channel.declaration.writer.value == domain.name
      guard channel.declaration.form(for: domain.name) == .memory else { return nil }
      guard isWriter || channel.declaration.readers.contains(where: { $0.value == domain.name }) else { return nil }
      var node = TreeNode("channel@\(String(channel.memory.base, radix: 16))")
      node.set("compatible", "bulkhead,channel")
      let devices = domain.virtualDevices.filter { $0.name == channel.name }
      let doorbell = devices.first { $0.kind == .doorbell }?.registers
      node.set(
        "reg",
        numbers: [channel.memory.base, channel.memory.size] + (doorbell.map { [$0.base, $0.size] } ?? []))
      if let intid = devices.first(where: { $0.kind == .listener })?.intid {
        node.set("interrupts", cells: GICInterrupt(intid: intid, flags: GICInterrupt.levelHigh).cells)
      }
      node.set("label", channel.name)
      node.set("bulkhead,role", isWriter ? "writer" : "reader")
      return node
    }
  }
}
