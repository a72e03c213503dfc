import Board
import Manifest

/// The cache by which the colours of a manifest count.
struct SharedCache: Sendable {
  /// How many colours it has.
  let colourCount: Int
  /// Its shape.
  let geometry: CacheGeometry
  /// Who states that.
  let source: String

  /// The one shape behind all CPUs that domains name; `nil` where that is not known, not one, or has no colours.
  init?(_ manifest: Manifest, _ board: Board) {
    let cpus = manifest.domains.flatMap { domain in domain.cpus.compactMap { ExpectedDomain.cpu($0.value, board) } }
    var statements: [(geometry: CacheGeometry, source: String)] = []
    for cpu in cpus {
      guard case .known(let geometry, let source) = board.lastLevelCache(of: cpu), geometry.fault == nil else {
        return nil
      }
      statements.append((geometry, source))
    }
    // Arm DDI 0487J.a, D7.5: a set is chosen by the address above the line's offset; sets of one way lie one behind the other.
    let counts = Set(statements.map { $0.geometry.size / $0.geometry.ways / 4096 })
    guard let first = statements.first, counts.count == 1, let count = counts.first, count > 1 else { return nil }
    colourCount = Int(clamping: count)
    geometry = first.geometry
    source = first.source
  }

  /// The colour of a page by any address in it.
  func colour(of address: UInt64) -> Int { Int(address >> 12 & UInt64(colourCount - 1)) }
}
