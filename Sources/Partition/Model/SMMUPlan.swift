import Board

/// An SMMU that EL2 programs: a device of some domain stands behind it.
public struct SMMUPlan: Sendable {
  /// The SMMU.
  public let smmu: SMMU
  /// Its assigned streams by id, each id once in a plan without conflicts. Every other stream is invalid.
  public let streams: [StreamPlan]
  /// Position of the domain whose first CPU takes its interrupts; `nil` if every domain takes its own without EL2.
  public let handler: Int?
}

extension Draft {
  /// The SMMUs in the tree's order.
  public var smmus: [SMMUPlan] {
    board.smmus.compactMap { smmu in
      guard smmu.isEnabled else { return nil }
      let streams = streams(on: smmu)
      return streams.isEmpty ? nil : SMMUPlan(smmu: smmu, streams: streams, handler: handler(of: streams))
    }
  }

  private func streams(on smmu: SMMU) -> [StreamPlan] {
    var all: Set<StreamPlan> = []
    for domain in domains {
      for stream in domain.devices.flatMap(\.claimedStreams) where stream.smmu == smmu.path && stream.isLive {
        all.insert(StreamPlan(id: stream.stream & ~stream.mask, mask: stream.mask, domain: domain.index))
      }
    }
    // The widest first: what one of them covers need not stand there again.
    let widest = all.sorted { ($0.mask.nonzeroBitCount, $1.id) > ($1.mask.nonzeroBitCount, $0.id) }
    var streams: [StreamPlan] = []
    for stream in widest where !streams.contains(where: { $0.covers(stream) }) { streams.append(stream) }
    return streams.sorted { ($0.id, $0.mask, $0.domain) < ($1.id, $1.mask, $1.domain) }
  }

  /// Of the domains whose interrupts EL2 takes, first those with a stream: the first one of the lowest criticality. A
  /// flood of faults then costs somebody who can cause it, and nobody more critical.
  private func handler(of streams: [StreamPlan]) -> Int? {
    let causes = Set(streams.map(\.domain))
    func rank(_ domain: DomainDraft) -> (Int, Int, Int) {
      let level = domain.declaration.criticality?.value.level ?? 0
      return (causes.contains(domain.index) ? 0 : 1, Int(level), domain.index)
    }
    return domains.filter { $0.declaration.interrupts.value == .virtual }.min { rank($0) < rank($1) }?.index
  }
}
