import Board
import DeviceTree
import Partition

/// `/cpus` and `/psci`.
enum ProcessorNodes {
  /// Properties of a CPU's node that are true for the domain as well: its size compared with others, and its caches.
  private static let copied = ["capacity-dmips-mhz"] + cacheProperties(["i-cache", "d-cache", "cache"])
  private static let copiedOfCaches = ["cache-level", "cache-unified"] + cacheProperties(["cache"])

  /// Both nodes.
  static func nodes(_ domain: DomainPlan, _ board: Board) -> [TreeNode] {
    var cpus = TreeNode("cpus")
    cpus.set("#address-cells", cells: [1])
    cpus.set("#size-cells", cells: [0])
    var caches: [Node] = []
    for (number, cpu) in domain.cpus.enumerated() {
      cpus.children.append(node(cpu, number: UInt32(number), board.tree, caches: &caches))
    }
    cpus.children += caches.enumerated().map { index, cache in node(cache, index: index, caches) }
    return [cpus, psci]
  }

  /// PSCI 1.0 and 0.2 (Arm DEN 0022), by HVC.
  private static var psci: TreeNode {
    var psci = TreeNode("psci")
    psci.set("compatible", strings: ["arm,psci-1.0", "arm,psci-0.2"])
    psci.set("method", "hvc")
    return psci
  }

  private static func node(_ cpu: BoardCPU, number: UInt32, _ tree: DeviceTree, caches: inout [Node]) -> TreeNode {
    var node = TreeNode("cpu@\(String(number, radix: 16))")
    node.set("device_type", "cpu")
    if !cpu.compatible.isEmpty { node.set("compatible", strings: cpu.compatible) }
    node.set("reg", cells: [number])
    node.set("enable-method", "psci")
    guard let source = tree.node(at: cpu.path) else { return node }
    for name in copied { source.property(name).map { node.set($0) } }
    if let cache = collect(cacheOf: source, tree, into: &caches), let phandle = cache.phandle {
      node.set("next-level-cache", cells: [phandle])
    }
    if let phandle = source.phandle { node.set(phandle: phandle) }
    return node
  }

  /// The cache behind a CPU or cache and all behind that one, each once; a damaged tree may lead in circles.
  private static func collect(cacheOf node: Node, _ tree: DeviceTree, into caches: inout [Node]) -> Node? {
    let first = next(node, tree)
    var cache = first
    while let current = cache, !caches.contains(where: { $0.index == current.index }) {
      caches.append(current)
      cache = next(current, tree)
    }
    return first
  }

  private static func next(_ node: Node, _ tree: DeviceTree) -> Node? {
    guard let phandle = node.property("next-level-cache")?.cell, let cache = tree.node(phandle: phandle),
      cache.compatible.contains("cache")
    else { return nil }
    return cache
  }

  private static func node(_ cache: Node, index: Int, _ caches: [Node]) -> TreeNode {
    let level = level(of: cache, caches)
    var node = TreeNode("l\(level)-cache\(index)")
    node.set("compatible", "cache")
    for name in copiedOfCaches { cache.property(name).map { node.set($0) } }
    // Some boards forget to say of a node of its own that it is a cache for both (devicetree specification, 3.9), and
    // how far from the CPUs.
    node.set(flag: "cache-unified")
    node.set("cache-level", cells: [level])
    if let next = cache.property("next-level-cache"), caches.contains(where: { $0.phandle == next.cell }) {
      node.set(next)
    }
    if let phandle = cache.phandle { node.set(phandle: phandle) }
    return node
  }

  /// What the board says, or the place in the chain from the CPUs, whose own caches are level 1.
  private static func level(of cache: Node, _ caches: [Node]) -> UInt32 {
    if let level = cache.property("cache-level")?.cell { return level }
    var level: UInt32 = 2
    var current = cache
    // Each step leads to a cache nearer to the CPUs; a damaged tree may lead in circles.
    for _ in caches {
      guard let inner = caches.first(where: { $0.property("next-level-cache")?.cell == current.phandle }),
        current.phandle != nil
      else { return level }
      level += 1
      current = inner
    }
    return level
  }

  private static func cacheProperties(_ prefixes: [String]) -> [String] {
    prefixes.flatMap { prefix in ["size", "sets", "line-size", "block-size"].map { "\(prefix)-\($0)" } }
  }
}
