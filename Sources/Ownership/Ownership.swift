/// Who owns what: the map from resource to claim that the plan and the verifier each derive on their own.
public struct Ownership: Hashable, Sendable {
  private var addresses = AddressMap<Holding>()
  private var units: [Resource: Claim] = [:]
  private var streams: [String: [StreamClaim]] = [:]

  /// A map in which nothing has an owner.
  public init() {}

  /// The map of many claims at once, with every conflict among them. Takes O(n log n): addresses go in by base, so of
  /// two claims that clash the one that starts lower stays (of two that start together, the one that stands first).
  public static func collecting(_ claims: [(Resource, Claim)]) -> (map: Ownership, conflicts: [OwnershipConflict]) {
    var map = Ownership()
    var conflicts: [OwnershipConflict] = []
    let bases = claims.map { $0.0.range?.base ?? 0 }
    let order = claims.indices.sorted { (bases[$0], $0) < (bases[$1], $1) }
    for index in order { conflicts += map.insert(claims[index].0, claims[index].1) }
    return (map, conflicts)
  }

  /// Adds a claim. Where another claim stands already, that one stays and the conflict is returned; the same claim twice
  /// is none.
  public mutating func insert(_ resource: Resource, _ claim: Claim) -> [OwnershipConflict] {
    switch resource {
    case .memory(let range):
      return insert(range, Holding(isMemory: true, claim: claim))
    case .device(let range):
      return insert(range, Holding(isMemory: false, claim: claim))
    case .stream(let smmu, let id, let mask):
      return insert(StreamClaim(id: id, mask: mask, claim: claim), of: smmu)
    case .interrupt, .cpu, .provider, .call, .colour:
      guard let existing = units[resource] else {
        units[resource] = claim
        return []
      }
      return existing == claim ? [] : [OwnershipConflict(resource, existing: existing, incoming: claim)]
    }
  }

  /// The claim on the page at a physical address; `nil` if nobody made one.
  public func claim(at address: UInt64) -> Claim? { addresses.value(at: address)?.claim }

  /// The claim on a resource: on the whole of a range, on exactly this stream; `nil` if there is none or not just one.
  public func claim(on resource: Resource) -> Claim? {
    switch resource {
    case .memory(let range), .device(let range):
      let present = addresses.runs(overlapping: range)
      guard let only = present.first, present.count == 1, only.range.contains(range) else { return nil }
      return only.value.resource(range) == resource ? only.value.claim : nil
    case .stream(let smmu, let id, let mask):
      return streams[smmu]?.first { $0.id == id && $0.mask == mask }?.claim
    case .interrupt, .cpu, .provider, .call, .colour:
      return units[resource]
    }
  }

  /// Everything that is claimed: addresses in order, then the rest in the order of `Resource`.
  public var entries: [(resource: Resource, claim: Claim)] {
    addresses.runs.map { (resource: $0.value.resource($0.range), claim: $0.value.claim) } + numbered
  }

  /// How `other` differs from this map, both ways: what it lacks, what it has in addition, what it says otherwise.
  public func differences(from other: Ownership) -> [OwnershipDifference] {
    var result = addresses.differences(from: other.addresses).flatMap(OwnershipDifference.addresses)
    let mine = Dictionary(numbered.map { ($0.resource, $0.claim) }, uniquingKeysWith: { first, _ in first })
    let theirs = Dictionary(other.numbered.map { ($0.resource, $0.claim) }, uniquingKeysWith: { first, _ in first })
    for resource in Set(mine.keys).union(theirs.keys).sorted() {
      switch (mine[resource], theirs[resource]) {
      case (let expected?, nil): result.append(.missing(resource, expected: expected))
      case (nil, let found?): result.append(.extra(resource, found: found))
      case (let expected?, let found?) where expected != found:
        result.append(.different(resource, expected: expected, found: found))
      default: break
      }
    }
    return result
  }

  /// Every claim on something that is no range of addresses, in the order of `Resource`.
  private var numbered: [(resource: Resource, claim: Claim)] {
    var result = units.map { (resource: $0.key, claim: $0.value) }
    for (smmu, claims) in streams {
      result += claims.map { (resource: .stream(smmu: smmu, id: $0.id, mask: $0.mask), claim: $0.claim) }
    }
    return result.sorted { $0.resource < $1.resource }
  }

  private mutating func insert(_ range: AddressRange, _ holding: Holding) -> [OwnershipConflict] {
    addresses.insert(range, holding).map {
      OwnershipConflict($0.value.resource($0.range), existing: $0.value.claim, incoming: holding.claim)
    }
  }

  private mutating func insert(_ stream: StreamClaim, of smmu: String) -> [OwnershipConflict] {
    let present = streams[smmu, default: []]
    guard !present.contains(stream) else { return [] }
    let clashes = present.filter { $0.overlaps(stream) && $0.claim != stream.claim }
    guard clashes.isEmpty else {
      return clashes.map {
        let resource = Resource.stream(smmu: smmu, id: $0.id, mask: $0.mask)
        return OwnershipConflict(resource, existing: $0.claim, incoming: stream.claim)
      }
    }
    let position = present.firstIndex { ($0.id, $0.mask) > (stream.id, stream.mask) } ?? present.count
    streams[smmu, default: []].insert(stream, at: position)
    return []
  }
}
