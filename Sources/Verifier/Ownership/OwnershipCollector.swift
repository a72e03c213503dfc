import Ownership

/// Gathers the claims that bytes make, kind by kind.
struct OwnershipCollector {
  /// What was decoded.
  let system: FinishedSystem
  /// What is known beside it.
  let groundwork: Groundwork

  /// Everything in the domains' reach.
  func reachedPages() -> [(Resource, Claim)] {
    var claims: [(Resource, Claim)] = []
    var alone: [Alone: Claim] = [:]
    for segment in system.reach.segments {
      if let first = segment.holders.first, segment.holders.count == 1, first.grant.rights.contains(.execute) {
        // By far the most of all segments; no channel may be executed.
        let key = Alone(domain: first.domain, rights: first.grant.rights)
        let claim = alone[key] ?? Claim(.domain(system.domains[first.domain].name), first.grant.rights)
        alone[key] = claim
        for resource in resources(of: segment.range) { Self.add(resource, claim, to: &claims) }
      } else {
        claims += self.claims(on: segment)
      }
    }
    return claims
  }

  private struct Alone: Hashable {
    let domain: Int
    let rights: Rights
  }

  /// Adds a claim, to the one before it if both are one run of RAM.
  private static func add(_ resource: Resource, _ claim: Claim, to claims: inout [(Resource, Claim)]) {
    if case .memory(let range) = resource, let last = claims.last, case .memory(let before) = last.0,
      before.touches(range), last.1 == claim, let union = before.merged(with: range)
    {
      claims[claims.count - 1] = (.memory(union), claim)
    } else {
      claims.append((resource, claim))
    }
  }

  private func claims(on segment: Reach.Segment) -> [(Resource, Claim)] {
    let holders = segment.holders.filter { !groundwork.isBanked(system.domains[$0.domain].stage2.runs[$0.run]) }
    guard let first = holders.first else { return [] }
    let access = (access(of: holders) + system.hypervisorAccess(to: segment.range)).sorted { $0.party < $1.party }
    let channels = groundwork.channels.channels(of: segment.range, access: access)
    guard channels.isEmpty else {
      return channels.map { (.memory($0.range), Claim(.channel($0.channel.name), access: access)) }
    }
    let claim = Claim(.domain(system.domains[first.domain].name), access: access)
    return resources(of: segment.range).map { ($0, claim) }
  }

  /// What each of the holders may do; one that has two ways to the pages may do what either allows.
  private func access(of holders: [Reach.Holder]) -> [Access] {
    if holders.count == 1 { return [Access(.domain(system.domains[holders[0].domain].name), holders[0].grant.rights)] }
    var rights: [Int: Rights] = [:]
    for holder in holders { rights[holder.domain, default: []].formUnion(holder.grant.rights) }
    return rights.map { Access(.domain(system.domains[$0.key].name), $0.value) }.sorted { $0.party < $1.party }
  }

  /// A run of addresses as RAM, as registers, or as both in turn.
  private func resources(of range: AddressRange) -> [Resource] {
    let memory = groundwork.memory
    if memory.contains(range) || groundwork.kept.all.contains(range) { return [.memory(range)] }
    guard memory.overlaps(range) else { return [.device(range)] }
    let rest = AddressSet([range]).subtracting(memory).runs
    return memory.intersection(range).map { .memory($0) } + rest.map { .device($0) }
  }

  /// EL2's memory, the registers in its own map, and its UART's interrupt.
  func hypervisor() -> [(Resource, Claim)] {
    let partition = system.partition
    let memory = Claim(.hypervisor, [.read, .write, .execute])
    var claims: [(Resource, Claim)] = [(.memory(partition.hypervisor), memory)]
    // The health page is among what domains reach.
    for run in system.hypervisorMap.runs
    where !partition.hypervisor.contains(run.output) && run.output != system.healthPage {
      // AP[2] in bit 7 takes writing away (Arm DDI 0487J.a, D8.4).
      let rights: Rights = run.attributes & 1 << 7 == 0 ? [.read, .write] : .read
      claims += resources(of: run.output).map { ($0, Claim(.hypervisor, rights)) }
    }
    claims += system.pristineMemory.runs.flatMap(resources).map { ($0, Claim(.hypervisor, .read)) }
    let lines = [partition.consoleINTID] + partition.smmus.flatMap { [$0.eventINTID, $0.errorINTID] }
    claims += Set(lines).subtracting([0]).sorted().map { (.interrupt($0), Claim(.hypervisor, .read)) }
    return claims
  }

  /// What firmware keeps.
  func firmware() -> [(Resource, Claim)] {
    groundwork.kept.firmware.runs.map { (.memory($0), Claim(.firmware, [])) }
  }

  /// Interrupts, CPUs and calls.
  func numbered() -> [(Resource, Claim)] {
    var claims: [(Resource, Claim)] = []
    var callers: [Resource: Set<Access>] = [:]
    for domain in system.domains {
      let claim = Claim(.domain(domain.name), [.read, .write])
      claims += domain.record.interrupts.map { (.interrupt($0), claim) }
      for call in domain.record.calls {
        let resource = Resource.call(call.functions, mask: call.argumentMask, value: call.argumentValue)
        callers[resource, default: []].insert(Access(.domain(domain.name), .execute))
      }
    }
    for cpu in system.partition.cpus {
      guard let domain = cpu.domain, system.domains.indices.contains(domain) else { continue }
      claims.append((.cpu(affinity: cpu.affinity), Claim(.domain(system.domains[domain].name), .execute)))
    }
    return claims + callers.map { ($0.key, Claim(.firmware, access: Array($0.value))) }
  }

  /// Streams of SMMUs with tables, by the tables: whose VMID the first entry of each block has.
  func streams() -> [(Resource, Claim)] {
    system.streamTables.flatMap { table -> [(Resource, Claim)] in
      guard let path = groundwork.smmus[table.record.registers] else { return [] }
      return table.record.streams.compactMap { stream in
        let entry = table.entry(of: stream)
        // S2VMID, bits 143:128 (Arm IHI 0070F.b, 5.2).
        guard entry.count == 8, case let index = Int(entry[2] & 0xFFFF) - 1, system.domains.indices.contains(index)
        else {
          return nil
        }
        let claim = Claim(.domain(system.domains[index].name), [.read, .write])
        return (.stream(smmu: path, id: stream.id, mask: stream.mask), claim)
      }
    }
  }

  /// Streams of SMMUs that nobody programs, and providers, by who reaches the registers.
  func dependencies() -> (claims: [(Resource, Claim)], unshown: [(resource: Resource, claim: Claim)]) {
    var claims: [(Resource, Claim)] = []
    let reached = system.domains.map { groundwork.registers(in: $0.stage2) }
    for (domain, pages) in zip(system.domains, reached) {
      let claim = Claim(.domain(domain.name), [.read, .write])
      for index in groundwork.drivable(in: pages) where groundwork.devices[index].isUsable {
        claims += groundwork.devices[index].device.streams.filter { !$0.isLive }.map {
          (.stream(smmu: $0.smmu, id: $0.stream, mask: $0.mask), claim)
        }
      }
    }
    var unshown = groundwork.dependencies.hiddenStreams
    for provider in groundwork.dependencies.providers {
      let driver = zip(system.domains, reached).first { pages in
        !provider.pages.isEmpty && provider.pages.allSatisfy(pages.1.contains)
      }
      if let driver {
        claims.append((.provider(provider.path), Claim(.domain(driver.0.name), [.read, .write])))
      } else if provider.pages.isEmpty || provider.claim.owner == .firmware {
        unshown.append((.provider(provider.path), provider.claim))
      } else {
        claims.append((.provider(provider.path), Claim(.nobody, [])))
      }
    }
    return (claims, unshown)
  }

  /// Cache colours: a domain's are those of what it caches, the hypervisor's those of its pages in the memory that the
  /// partition table gives it.
  func colours(_ cache: SharedCache?, _ arrangement: HypervisorArrangement) -> [(Resource, Claim)] {
    guard let cache else { return [] }
    let memory = system.partition.hypervisor
    let pages = stride(from: memory.base, through: memory.last, by: Int(Granule.page)).prefix(cache.colourCount)
    let own = Set(pages.map(cache.colour(of:))).filter { arrangement.has(colour: $0) }
    let claims = own.sorted().map { (Resource.colour($0), Claim(.hypervisor, [.read, .write])) }
    return claims
      + system.domains.flatMap { domain in
        ColourUse(domain: domain, cache).colours.map {
          (.colour($0), Claim(.domain(domain.name), [.read, .write]))
        }
      }
  }
}
