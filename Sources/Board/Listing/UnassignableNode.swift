import DeviceTree

/// Nodes that belong to no domain ever: what EL2 or the firmware drives, and what is no device at all.
public enum UnassignableNode {
  /// What the node is, with its article, if it can never be assigned; otherwise `nil`.
  public static func role(of node: Node, on board: Board) -> String? {
    if node.parent == nil { return "the root of the tree" }
    if board.interruptController?.paths.contains(node.path) == true { return "part of the interrupt controller" }
    if let top = node.path.split(separator: "/").first.map(String.init), let role = subtrees[top] { return role }
    if node.baseName == "memory" && isAtTop(node) || node.property("device_type")?.string == "memory" { return "RAM" }
    for compatible in node.compatible {
      if let role = role(ofCompatible: compatible) { return role }
    }
    return nil
  }

  /// What a device of this `compatible` is, if it can never be assigned.
  static func role(ofCompatible compatible: String) -> String? {
    if compatible.contains("smmu") || compatible.hasPrefix("arm,mmu-") { return "an SMMU, which only EL2 may program" }
    if compatible.hasPrefix("arm,coresight-") || compatible.hasPrefix("arm,embedded-trace") {
      return "CoreSight hardware, which reaches the state of every CPU"
    }
    if compatible.hasPrefix("arm,"), compatible.hasSuffix("-pmu") || compatible.hasPrefix("arm,armv8-pmu") {
      return "the CPUs' performance monitor"
    }
    if compatible.hasPrefix("arm,psci") { return "the interface to the firmware" }
    if compatible.hasPrefix("arm,gic") || compatible == "arm,cortex-a15-gic" { return "an interrupt controller" }
    return exact[compatible]
  }

  private static let exact = [
    "arm,armv7-timer": "the CPUs' timer, of which every domain sees its own",
    "arm,armv8-timer": "the CPUs' timer, of which every domain sees its own",
    "arm,armv7-timer-mem": "the system's timer frame, which holds the frequency of every CPU's timer",
    // Core timer prescaler, interrupt routing and mailboxes of each core (BCM2836 ARM-local peripherals, QA7).
    "brcm,bcm2836-l1-intc": "the ARM-local block, which sets the rate of every CPU's timer and interrupts every CPU",
  ]

  private static let subtrees = [
    "cpus": "part of /cpus; a domain names its CPUs under `cpus:`",
    "reserved-memory": "reserved memory; a domain names it under `reserved-memory:`",
    "chosen": "no device", "aliases": "no device", "__symbols__": "no device", "firmware": "the firmware's interface",
  ]

  private static func isAtTop(_ node: Node) -> Bool { !node.path.dropFirst().contains("/") }
}
