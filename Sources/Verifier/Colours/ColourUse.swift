import Ownership

/// Which colours somebody's cacheable memory has, by the tables.
struct ColourUse {
  /// A page and the entry that leads to it.
  struct Witness {
    /// The page's physical address.
    let page: UInt64
    /// Where the entry stands, in EL2's order.
    let place: UInt64
  }

  /// By colour the first page of it; `nil` for a colour of which there is none.
  let witnesses: [Witness?]

  /// The colours of what a domain caches: everything that is not device memory, and not Non-cacheable.
  init(domain: FinishedDomain, _ cache: SharedCache) {
    var use = Collector(cache)
    for leaf in domain.stage2.leaves {
      switch Stage2Grant(leaf.descriptor).type {
      case .device, .nonCacheable: continue
      case .writeBack, .other: use.add(leaf.output, leaf.size, at: leaf.place)
      }
    }
    witnesses = use.witnesses
  }

  /// The colours of what EL2 caches: what its map shows of memory, and every table, which the walkers cache.
  init(hypervisorOf system: FinishedSystem, _ cache: SharedCache) {
    var use = Collector(cache)
    let uncached = [Stage1Bits.deviceType, Stage1Bits.nonCacheable]
    for leaf in system.hypervisorMap.leaves where !uncached.contains(leaf.descriptor & Stage1Bits.attributeIndex) {
      for offset in stride(from: 0, to: leaf.size, by: Int(Granule.page)) {
        use.add(system.placement.physical(leaf.output + offset), Granule.page, at: leaf.place)
      }
    }
    for walk in [system.hypervisorMap] + system.domains.map(\.stage2) {
      for table in walk.tables + [walk.root.base] {
        use.add(system.placement.physical(table) & ~0xFFF, Granule.page, at: table)
      }
    }
    witnesses = use.witnesses
  }

  /// The colours that there are.
  var colours: [Int] { witnesses.indices.filter { witnesses[$0] != nil } }

  private struct Collector {
    let cache: SharedCache
    var witnesses: [Witness?]

    init(_ cache: SharedCache) {
      self.cache = cache
      witnesses = [Witness?](repeating: nil, count: cache.colourCount)
    }

    /// Pages one behind the other have the colours in turn: a row of them has all.
    mutating func add(_ base: UInt64, _ size: UInt64, at place: UInt64) {
      for number in 0..<min(size / Granule.page, UInt64(cache.colourCount)) {
        let page = base &+ number &* Granule.page
        let colour = cache.colour(of: page)
        if witnesses[colour] == nil { witnesses[colour] = Witness(page: page, place: place) }
      }
    }
  }
}
