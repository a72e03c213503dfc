import Board
import DeviceTree
import Manifest
import Synchronization

/// Keeps what is read of a context's board once a claim has asked for it, and each domain's last tree beside the
/// board's, which every claim on trees asks for.
final class TreeCache: Sendable {
  private struct Entry {
    let blob: [UInt8]
    let record: DomainReading
    let cpus: [CPUReading]
    let match: TreeMatch
  }

  private let side = Mutex<BoardSide?>(nil)
  private let matches = Mutex<[String: Entry]>([:])

  /// The side of the context that this cache belongs to.
  func side(_ board: Board, _ manifest: Manifest) -> BoardSide {
    side.withLock { known in
      if let known { return known }
      let read = BoardSide(board, manifest)
      known = read
      return read
    }
  }

  /// A tree beside the board's: the last one of the domain, if that was made of the same bytes.
  func match(_ tree: TreeCase) -> TreeMatch {
    let name = tree.declaration.name.value
    let (blob, record, cpus) = (tree.tree.blob, tree.record, tree.system.partition.cpus)
    let known = matches.withLock { $0[name] }
    if let known, known.blob == blob, known.record == record, known.cpus == cpus { return known.match }
    let channels = tree.board.messageChannels(for: name, shownBy: tree.tree)
    let match = TreeMatch(
      tree.tree, record, tree.system.partition, tree.board, tree.board.domain(tree.declaration, channels: channels))
    matches.withLock { $0[name] = Entry(blob: blob, record: record, cpus: cpus, match: match) }
    return match
  }
}
