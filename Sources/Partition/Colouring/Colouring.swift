import Board
import Manifest

/// Who has which cache colours, where a manifest gives colours that hold together.
///
/// What does not hold together is for the rules to say (BH-COL-…); memory is then placed as if there were no colours.
public struct Colouring: Hashable, Sendable {
  /// How many colours there are.
  public let colourCount: Int
  /// The colours of each domain, ascending, in the domains' order.
  public let domains: [[Int]]
  /// The hypervisor's, ascending.
  public let hypervisor: [Int]

  /// Reads `colours:`; `nil` unless every domain and the hypervisor has some, all different, and the caches behind all
  /// CPUs of the domains have that many.
  init?(_ manifest: Manifest, cpus: [BoardCPU], board: Board) {
    let lists = (manifest.domains.map(\.colours) + [manifest.hypervisor.colours]).map { $0.map(\.value).sorted() }
    guard !cpus.isEmpty, lists.allSatisfy({ !$0.isEmpty }) else { return nil }
    var counts: Set<Int> = []
    for cpu in cpus {
      guard case .known(let geometry, _) = board.lastLevelCache(of: cpu), geometry.fault == nil else { return nil }
      counts.insert(geometry.colours)
    }
    let all = lists.flatMap { $0 }
    guard let count = counts.first, counts.count == 1, count > 1, Set(all).count == all.count,
      all.allSatisfy({ (0..<count).contains($0) })
    else { return nil }
    colourCount = count
    domains = Array(lists.dropLast())
    hypervisor = lists.last ?? []
  }
}
