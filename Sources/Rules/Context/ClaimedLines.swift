import Board
import Partition

/// Which domain's devices claim which lines, channels, PHYs and private IOMMUs.
struct ClaimedLines {
  /// One domain's claim.
  struct Holder {
    let domain: DomainDraft
    let device: DeviceDraft
    let claim: ExclusiveClaim
  }

  /// Every line that a device of a domain claims, in the order in which they are met.
  let lines: [ExclusiveClaim.Line]
  private let holders: [ExclusiveClaim.Line: [Holder]]

  /// More pairs than this help nobody.
  static let mostPairs = 500

  /// Looks at every device of every domain. What a wrapper or a bus above hands on counts for the entry of the manifest.
  init(_ draft: Draft) {
    let own = Dictionary(grouping: draft.board.ownClaims, by: \.device)
    var lines: [ExclusiveClaim.Line] = []
    var holders: [ExclusiveClaim.Line: [Holder]] = [:]
    for domain in draft.domains {
      for device in domain.devices {
        let inherited = device.isDeclaredItself ? draft.board.inheritedClaims(of: device.path) : []
        for claim in (own[device.path] ?? []) + inherited {
          if holders[claim.line] == nil { lines.append(claim.line) }
          if let last = holders[claim.line]?.last, last.device.path == device.path, last.domain.index == domain.index {
            continue
          }
          holders[claim.line, default: []].append(Holder(domain: domain, device: device, claim: claim))
        }
      }
    }
    self.lines = lines
    self.holders = holders
  }

  /// Who claims a line.
  func holders(of line: ExclusiveClaim.Line) -> [Holder] { holders[line] ?? [] }

  /// Pairs of claims on one line by different domains; of each two devices one pair.
  func pairs(of line: ExclusiveClaim.Line) -> [(Holder, Holder)] {
    let all = holders(of: line)
    guard Set(all.map(\.domain.index)).count > 1 else { return [] }
    var pairs: [(Holder, Holder)] = []
    for (position, second) in all.enumerated() {
      for first in all[..<position]
      where first.domain.index != second.domain.index && first.device.path != second.device.path {
        guard pairs.count < Self.mostPairs else { return pairs }
        pairs.append((first, second))
      }
    }
    return pairs
  }
}
