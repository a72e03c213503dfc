import Ownership

extension Draft {
  /// Who owns what by this plan, and every conflict among its own claims (none in a plan that the rules accept).
  ///
  /// This is the plan's side of the comparison with what the finished bytes say. Where firmware's memory is granted to
  /// a domain, the domain has it.
  public var ownership: (map: Ownership, conflicts: [OwnershipConflict]) {
    Ownership.collecting(
      domains.flatMap(Self.claims) + shared + translated + hypervisor + kept + decided + forwarded + colours)
  }

  private static func claims(of domain: DomainDraft) -> [(Resource, Claim)] {
    let owner = Owner.domain(domain.name)
    let memory = Claim(owner, [.read, .write, .execute])
    let device = Claim(owner, [.read, .write])
    var claims = domain.memory.compactMap(\.region).flatMap { region in
      region.runs.map { (Resource.memory($0.pages), memory) }
    }
    claims += domain.reservedMemory.map { (.memory($0.region.physical.pages), memory) }
    claims += domain.cpus.map { (.cpu(affinity: $0.cpu.affinity), Claim(owner, .execute)) }
    for assignment in domain.devices.map(\.assignment) {
      claims += assignment.pages.map { (.device($0.pages), device) }
      for interrupt in assignment.device.interrupts where interrupt.kind == .shared {
        claims.append((.interrupt(interrupt.intid), device))
      }
      claims += assignment.device.streams.filter { !$0.isLive }.map {
        (.stream(smmu: $0.smmu, id: $0.stream, mask: $0.mask), device)
      }
    }
    return claims
  }

  private var shared: [(Resource, Claim)] {
    channels.map { channel in
      let isHealthPage = channel.declaration.isHealthPage
      let writer = Access(isHealthPage ? .hypervisor : .domain(channel.declaration.writer.value), [.read, .write])
      let readers = channel.declaration.readers.map { Access(.domain($0.value), .read) }
      return (.memory(channel.memory.pages), Claim(.channel(channel.name), access: [writer] + readers))
    }
  }

  private var hypervisor: [(Resource, Claim)] {
    var claims: [(Resource, Claim)] = []
    if let hypervisorMemory {
      claims.append((.memory(hypervisorMemory.pages), Claim(.hypervisor, [.read, .write, .execute])))
    }
    claims += domains.flatMap { $0.restart?.copies ?? [] }.map { (.memory($0.memory), Claim(.hypervisor, .read)) }
    claims += hypervisorDevices.map { (.device($0.pages), Claim(.hypervisor, [.read, .write])) }
    let lines =
      [hypervisorConsole?.intid] + smmus.flatMap { [$0.smmu.eventInterrupt?.intid, $0.smmu.errorInterrupt?.intid] }
    claims += Set(lines.compactMap { $0 }).sorted().map { (.interrupt($0), Claim(.hypervisor, .read)) }
    return claims
  }

  /// Streams of SMMUs that are programmed, as their tables have them.
  private var translated: [(Resource, Claim)] {
    smmus.flatMap { plan in
      plan.streams.map {
        let owner = Owner.domain(domains[$0.domain].name)
        return (.stream(smmu: plan.smmu.path, id: $0.id, mask: $0.mask), Claim(owner, [.read, .write]))
      }
    }
  }

  /// Providers: whoever drives one has it, firmware those that it serves, and nobody those that stay as the boot loader left
  /// them. For one that several parties reach without a policy each party makes a claim.
  private var decided: [(Resource, Claim)] {
    providers.flatMap { provider -> [(Resource, Claim)] in
      let resource = Resource.provider(provider.path)
      guard provider.isSettled else {
        return provider.parties.map { party in
          let isDomain = domains.contains { $0.name == party }
          return (resource, Claim(isDomain ? .domain(party) : .hypervisor, [.read, .write]))
        }
      }
      switch provider.policy {
      case .ownedBy(let domain): return [(resource, Claim(.domain(domain), [.read, .write]))]
      case .firmware: return [(resource, Claim(.firmware, []))]
      case .bootConfigured: return [(resource, Claim(.nobody, []))]
      }
    }
  }

  /// Functions of firmware that domains are let through to. Several domains may be let through to one.
  private var forwarded: [(Resource, Claim)] {
    var callers: [Resource: Set<Access>] = [:]
    for domain in domains {
      for call in domain.firmwareCalls {
        let resource = Resource.call(call.functions, mask: call.mask, value: call.value)
        callers[resource, default: []].insert(Access(.domain(domain.name), .execute))
      }
    }
    return callers.map { ($0.key, Claim(.firmware, access: Array($0.value))) }
  }

  /// Cache colours, of whoever has pages of them.
  private var colours: [(Resource, Claim)] {
    guard colouring != nil else { return [] }
    let parties: [(owner: Owner, stripes: [Stripes])] =
      [(.hypervisor, [hypervisorStripes].compactMap { $0 })]
      + domains.map { (.domain($0.name), $0.memory.compactMap { $0.region?.stripes }) }
    return parties.flatMap { owner, stripes in
      Set(stripes.flatMap(\.usedColours)).sorted().map { (.colour($0), Claim(owner, [.read, .write])) }
    }
  }

  /// Memory that the tree or the manifest keeps out of use.
  private var kept: [(Resource, Claim)] {
    let granted = Set(domains.flatMap { $0.reservedMemory.map(\.reserved.path) })
    let ranges =
      board.reservedMemory.filter { !granted.contains($0.path) }.compactMap(\.range)
      + manifest.reserved.map(\.range.value)
    return AddressSet(ranges.map(\.pages)).runs.map { (.memory($0), Claim(.firmware, [])) }
  }
}

extension Plan {
  /// Who owns what by this plan.
  public var ownership: Ownership { draft.ownership.map }
}
