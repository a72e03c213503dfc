import DeviceTree

extension Board {
  /// A chain of caches in a tree that is longer than this leads in a circle.
  private static let deepestLevel = 8

  /// The last cache on the way from a CPU to memory that other CPUs reach too: what board.yaml says, or else the last node
  /// that `next-level-cache` leads to (devicetree specification v0.4, 3.9).
  public func lastLevelCache(of cpu: BoardCPU) -> CacheStatement {
    if let stated = description.lastLevelCache { return .known(stated.geometry, source: stated.source) }
    guard let last = lastCache(of: cpu) else {
      return .unknown("\(cpu.path) has no next-level-cache that leads to a node")
    }
    let others = cpus.filter { $0.isEnabled && $0.path != cpu.path }
    guard others.isEmpty || others.contains(where: { lastCache(of: $0)?.path == last.path }) else {
      return .unknown("\(last.path), the last cache that the tree shows of \(cpu.path), is that CPU's alone")
    }
    guard let size = last.property("cache-size")?.cell, let sets = last.property("cache-sets")?.cell,
      let line = (last.property("cache-line-size") ?? last.property("cache-block-size"))?.cell, sets > 0, line > 0
    else { return .unknown("\(last.path) does not have all of cache-size, cache-sets and cache-line-size") }
    let way = UInt64(sets) * UInt64(line)
    guard UInt64(size) % way == 0 else {
      return .unknown(
        "\(last.path) has \(size) bytes in \(sets) sets of \(line)-byte lines, which is no whole number of ways")
    }
    return .known(CacheGeometry(size: UInt64(size), ways: UInt64(size) / way, line: UInt64(line)), source: last.path)
  }

  private func lastCache(of cpu: BoardCPU) -> Node? {
    var last: Node?
    var next = tree.node(at: cpu.path)
    for _ in 0..<Self.deepestLevel {
      let handle = (next?.property("next-level-cache") ?? next?.property("l2-cache"))?.cell
      guard let handle, let node = tree.node(phandle: handle) else { return last }
      last = node
      next = node
    }
    return nil
  }
}
