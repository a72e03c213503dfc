import Board
import Manifest

/// Which pages of its memory the hypervisor has, by the manifest and the board.
public struct HypervisorArrangement: Hashable, Sendable {
  /// Pages that come back: the number of colours; 1 for memory in one piece.
  let colourCount: UInt64
  /// The colours, ascending.
  let colours: [UInt64]

  /// All pages.
  public static let contiguous = HypervisorArrangement(colourCount: 1, colours: [0])

  private init(colourCount: UInt64, colours: [UInt64]) {
    self.colourCount = colourCount
    self.colours = colours
  }

  /// What `hypervisor: { colours: … }` says; all pages without it, and where no cache says how many colours there are.
  init(_ manifest: Manifest, _ board: Board) {
    let asked = manifest.hypervisor.colours.map(\.value)
    guard !asked.isEmpty, let count = SharedCache(manifest, board)?.colourCount,
      asked.allSatisfy({ (0..<count).contains($0) })
    else {
      self = .contiguous
      return
    }
    self.init(colourCount: UInt64(count), colours: Set(asked).sorted().map { UInt64($0) })
  }

  /// Whether pages of a colour are the hypervisor's.
  func has(colour: Int) -> Bool { colourCount == 1 || colours.contains(UInt64(colour)) }

  /// Whether the hypervisor's pages lie between others'.
  var isScattered: Bool { colours.count < Int(colourCount) }
}
