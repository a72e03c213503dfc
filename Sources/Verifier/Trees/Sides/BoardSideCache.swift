import Board
import Manifest
import Synchronization

/// Keeps what is read of a context's board once a claim has asked for it.
final class BoardSideCache: Sendable {
  private let side = Mutex<BoardSide?>(nil)

  /// The side of the context that this cache belongs to.
  func side(_ board: Board, _ manifest: Manifest) -> BoardSide {
    side.withLock { known in
      if let known { return known }
      let read = BoardSide(board, manifest)
      known = read
      return read
    }
  }
}
