import Board
import DeviceTree

/// The CPUs of a domain and the caches behind them.
enum ProcessorNodes {
  /// Properties of a CPU's node that hold for the domain as well: what it can do beside others, and its caches
  /// (devicetree specification v0.4, 3.8.2 and 3.8.3; kernel binding `cpu-capacity.txt`).
  private static let copied = [
    "capacity-dmips-mhz", "i-cache-size", "i-cache-sets", "i-cache-line-size", "i-cache-block-size", "d-cache-size",
    "d-cache-sets", "d-cache-line-size", "d-cache-block-size", "cache-size", "cache-sets", "cache-line-size",
    "cache-block-size",
  ]
  private static let copiedOfCaches = ["cache-size", "cache-sets", "cache-line-size", "cache-block-size"]

  /// Index of the board's node for a CPU of a domain, by the affinity in its record.
  static func source(_ number: Int, _ record: DomainReading, _ partition: PartitionReading, _ board: BoardSide) -> Int?
  {
    guard number >= 0, number < record.cpus.count, partition.cpus.indices.contains(record.cpus.lowerBound + number)
    else {
      return nil
    }
    let affinity = partition.cpus[record.cpus.lowerBound + number].affinity
    guard let cpu = board.board.cpus.first(where: { $0.affinity == affinity }) else { return nil }
    return board.tree.node(at: cpu.path)?.index
  }

  /// Everything that is wrong below `/cpus`: each CPU of the record once, by number, as the board describes it, and
  /// each cache that one of them leads to.
  static func faults(_ match: TreeMatch, _ record: DomainReading) -> [TreeFault] {
    guard let parent = match.tree.node(at: "/cpus") else { return [] }
    var faults = FrameNodes.processors.faults(of: parent)
    var numbers: Set<Int> = []
    let caches = chain(match, record)
    for node in match.tree.children(of: parent) {
      guard let source = match.source(of: node) else { continue }
      if match.origins[node.index] == .processor {
        let number = Int(node.name.dropFirst("cpu@".count), radix: 16) ?? -1
        guard node.name == "cpu@\(String(number, radix: 16))", numbers.insert(number).inserted else {
          faults.append(TreeFault(path: node.path, property: "", message: "is not how its number is written"))
          continue
        }
        faults += processor(number, source.node, match).faults(of: node)
      } else {
        faults += cache(node, source.node, caches, match)
      }
    }
    for number in 0..<record.cpus.count where !numbers.contains(number) {
      faults.append(TreeFault(path: "/cpus", property: "", message: "lacks CPU \(number), which the domain has"))
    }
    for cache in caches where match.twins[cache] < 0 {
      let path = match.board.tree.nodes[cache].path
      faults.append(TreeFault(path: "/cpus", property: "", message: "lacks the cache \(path), which its CPUs lead to"))
    }
    return faults
  }

  private static func processor(_ number: Int, _ source: Node, _ match: TreeMatch) -> NodeForm {
    NodeForm { node in
      node.set("device_type", "cpu")
      if let compatible = source.property("compatible") { node.set(compatible) }
      node.set("reg", cells: [UInt32(truncatingIfNeeded: number)])
      node.set("enable-method", "psci")
      for name in copied { source.property(name).map { node.set($0) } }
      if next(source, match.board.tree) != nil { source.property("next-level-cache").map { node.set($0) } }
      source.property("phandle").map { node.set($0) }
    }
  }

  /// Indices of the board's nodes of the caches behind the domain's CPUs, nearest first, CPU by CPU.
  private static func chain(_ match: TreeMatch, _ record: DomainReading) -> [Int] {
    let tree = match.board.tree
    var caches: [Int] = []
    for number in 0..<record.cpus.count {
      guard let node = match.tree.node(at: "/cpus/cpu@\(String(number, radix: 16))"),
        let source = match.source(of: node)
      else { continue }
      var cache = next(source.node, tree)
      while let current = cache, !caches.contains(current.index) {
        caches.append(current.index)
        cache = next(current, tree)
      }
    }
    return caches
  }

  private static func next(_ node: Node, _ tree: DeviceTree) -> Node? {
    guard let phandle = node.property("next-level-cache")?.cell, let cache = tree.node(phandle: phandle),
      cache.compatible.contains("cache")
    else { return nil }
    return cache
  }

  private static func cache(_ node: Node, _ source: Node, _ caches: [Int], _ match: TreeMatch) -> [TreeFault] {
    guard let position = caches.firstIndex(of: source.index) else {
      return [TreeFault(path: node.path, property: "", message: "is a cache that none of the domain's CPUs leads to")]
    }
    let level = level(of: source, caches, match.board.tree)
    var faults = NodeForm { form in
      form.set("compatible", "cache")
      form.set("cache-level", cells: [level])
      form.set(flag: "cache-unified")
      for name in copiedOfCaches { source.property(name).map { form.set($0) } }
      if next(source, match.board.tree) != nil { source.property("next-level-cache").map { form.set($0) } }
      source.property("phandle").map { form.set($0) }
    }.faults(of: node)
    if node.name != "l\(level)-cache\(position)" {
      faults.append(
        TreeFault(path: node.path, property: "", message: "should have the name l\(level)-cache\(position)"))
    }
    return faults
  }

  /// What the board says, or how many caches stand between it and the CPUs, whose own are level 1.
  private static func level(of cache: Node, _ caches: [Int], _ tree: DeviceTree) -> UInt32 {
    if let level = cache.property("cache-level")?.cell { return level }
    var level: UInt32 = 2
    var current = cache
    // A damaged tree may lead in circles.
    for _ in caches {
      let inner = caches.first { tree.nodes[$0].property("next-level-cache")?.cell == current.phandle }
      guard let inner, current.phandle != nil else { break }
      level += 1
      current = tree.nodes[inner]
    }
    return level
  }
}
