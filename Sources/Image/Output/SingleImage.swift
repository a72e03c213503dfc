import Diagnostics
import Ownership
import Partition

/// `single.img`: one flat arm64 Image that carries every piece and moves each to its place before the start.
///
/// A page of code, the table of pieces, then the pieces, each at the same place in its page as in memory. The image is
/// meant for memory that no piece goes to and the boot loader does not work in, best of all for memory of nobody.
struct SingleImage {
  private let plan: Plan
  private let pieces: [Piece]
  private let relocator: Relocator
  /// Where each piece stands in the image.
  private let offsets: [UInt64]
  /// Bytes of the image.
  let size: UInt64
  /// The address that the image runs at.
  let address: UInt64

  /// Chooses a place.
  init(plan: Plan, pieces: [Piece], relocator: Relocator) throws(ImageError) {
    self.plan = plan
    self.pieces = pieces
    self.relocator = relocator
    var end = UInt64(Relocator.size + 32 * pieces.count)
    offsets = pieces.map { piece in
      let offset = end + (piece.memory.base &- end) & 4095
      end = offset + piece.contents.count
      return offset
    }
    size = end
    address = try Self.place(plan, pieces, size)
  }

  /// The file's contents.
  func contents() -> FileContents {
    var head = relocator.bytes
    let start = plan.board.description.imageBase ?? address
    let numbers: [(Int, UInt64)] = [
      (8, address - start), (16, size), (72, address), (80, plan.hypervisor.memory.base), (88, UInt64(pieces.count)),
      (96, size),
    ]
    for (offset, value) in numbers { _ = head.store(littleEndian: value, at: offset) }
    for (piece, offset) in zip(pieces, offsets) {
      for number in [offset, piece.memory.base, piece.contents.count, piece.memory.size] {
        head.append(littleEndian: number)
      }
    }
    var contents = FileContents([.bytes(head)])
    for (piece, offset) in zip(pieces, offsets) {
      contents.append(.zeros(offset - contents.count))
      for part in piece.contents.parts { contents.append(part) }
    }
    return contents
  }

  /// A place beside those that the pieces go to.
  private static func place(_ plan: Plan, _ pieces: [Piece], _ size: UInt64) throws(ImageError) -> UInt64 {
    if let base = FreePlace.lowest(size: size, plan: plan, pieces: pieces) { return base }
    throw ImageError(
      Finding(
        ImageRules.placement, .error,
        "single.img has \(size) bytes, and nowhere in RAM are as many free beside the places that its pieces go to",
        help: "leave out --single-file and let the boot loader place the pieces of load-map.json"))
  }
}
