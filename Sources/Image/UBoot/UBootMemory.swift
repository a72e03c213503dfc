import Diagnostics
import Ownership
import Partition

/// Where U-Boot works until the hypervisor starts: itself, the FIT image, and the device tree that `bootm` asks for.
struct UBootMemory: Sendable {
  /// Room for U-Boot to add to the tree (`CONFIG_SYS_FDT_PAD` is 12 KiB), and for the tree's place at a whole 64 KiB.
  private static let treeRoom: UInt64 = 128 << 10

  /// Where the FIT image is loaded; as long as it may become.
  let fit: AddressRange
  /// Where `bootm` copies the tree to.
  let tree: UInt64

  /// Chooses places that neither a piece nor U-Boot itself needs.
  ///
  /// - Parameters:
  ///   - fitRoom: the most bytes that the FIT image takes.
  ///   - treeSize: bytes of the board's tree.
  init(plan: Plan, pieces: [Piece], fitRoom: UInt64, treeSize: UInt64) throws(ImageError) {
    let own = plan.board.description.uBoot.ranges(in: plan.ram)
    for piece in pieces {
      for range in own where range.overlaps(piece.memory) { throw Self.collision(piece, range, plan) }
    }
    let fitEnd = (fitRoom + 0xFFFF) & ~0xFFFF
    guard
      let base = FreePlace.lowest(
        size: fitEnd + treeSize + Self.treeRoom, plan: plan, pieces: pieces, kept: own),
      let fit = AddressRange(base: base, size: fitEnd)
    else { throw Self.noRoom(fitEnd + treeSize + Self.treeRoom) }
    self.fit = fit
    tree = base + fitEnd
  }

  private static func collision(_ piece: Piece, _ range: AddressRange, _ plan: Plan) -> ImageError {
    ImageError(
      Finding(
        ImageRules.uBootMemory, .error,
        "\(piece.words) at \(piece.memory) is where U-Boot works: it moves itself to the end of RAM, here \(range)",
        resource: ResourceReference(.memory, piece.memory.base.hexadecimal), spans: [piece.span],
        help: "choose another base:, or, if U-Boot needs less on this board, say so in boards/\(plan.board.name)/"
          + "board.yaml: `u-boot: { end-of-ram: … }`"))
  }

  private static func noRoom(_ size: UInt64) -> ImageError {
    ImageError(
      Finding(
        ImageRules.uBootMemory, .error,
        "the FIT image and the tree for U-Boot take \(size) bytes of RAM while they are loaded, and nowhere are as many "
          + "free in one run beside the places that the pieces go to and those of U-Boot itself",
        resource: ResourceReference(.memory),
        help: "leave out --fit and let the boot loader place the pieces of load-map.json, or make a payload smaller"))
  }
}
