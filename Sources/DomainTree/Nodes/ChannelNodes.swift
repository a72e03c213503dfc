import DeviceTree
import Partition

/// A node for each channel that the domain writes or reads (`dts/bindings/bulkhead,channel.yaml`).
enum ChannelNodes {
  /// The nodes in the plan's order. No memory node covers their pages, so that a kernel does not take them for RAM.
  static func nodes(_ domain: DomainPlan, _ channels: [ChannelPlan]) -> [TreeNode] {
    channels.compactMap { channel in
      let isWriter = channel.declaration.writer.value == domain.name
      guard isWriter || channel.declaration.readers.contains(where: { $0.value == domain.name }) else { return nil }
      var node = TreeNode("channel@\(String(channel.memory.base, radix: 16))")
      node.set("compatible", "bulkhead,channel")
      node.set("reg", numbers: [channel.memory.base, channel.memory.size])
      node.set("label", channel.name)
      node.set("bulkhead,role", isWriter ? "writer" : "reader")
      return node
    }
  }
}
