import DeviceTree
import Partition

/// A domain's watchdog.
enum WatchdogNode {
  /// The node (kernel binding `arm,sbsa-gwdt.yaml`): the control frame, then the refresh frame.
  static func nodes(_ domain: DomainPlan) -> [TreeNode] {
    domain.virtualDevices.filter { $0.kind == .watchdog }.compactMap { device in
      guard let frames = device.registers, let intid = device.intid else { return nil }
      var node = TreeNode("watchdog@\(String(frames.base, radix: 16))")
      node.set("compatible", "arm,sbsa-gwdt")
      node.set("reg", numbers: [frames.base, 0x1000, frames.base + 0x1000, 0x1000])
      node.set("interrupts", cells: GICInterrupt(intid: intid, flags: GICInterrupt.levelHigh).cells)
      return node
    }
  }
}
