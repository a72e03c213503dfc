import Diagnostics
import Ownership
import Partition

/// Turns a plan into everything that `bulkhead build` writes; nothing is written here.
public struct ImageBuilder: Sendable {
  private let plan: Plan
  private let runtime: Runtime
  private let trees: [[UInt8]]
  private let manifest: [UInt8]
  private let relocator: Relocator?
  private let fit: FITOptions?

  /// Takes a plan, the runtime, the device tree of each domain in the plan's order, the manifest's text as it was read,
  /// the code that `single.img` starts with, if there is to be one, and how a FIT image is made, if there is to be one.
  public init(
    plan: Plan, runtime: Runtime, trees: [[UInt8]], manifest: [UInt8], relocator: Relocator? = nil,
    fit: FITOptions? = nil
  ) {
    self.fit = fit
    self.relocator = relocator
    self.plan = plan
    self.runtime = runtime
    self.trees = trees
    self.manifest = manifest
  }

  /// Makes the images and the load map.
  public func build() throws(ImageError) -> ImageSet {
    let hypervisor = try HypervisorImage(plan: plan, runtime: runtime)
    let list = try PieceList(plan: plan, hypervisor: hypervisor, trees: trees)
    let pieces = list.pieces
    var files = list.files
    if let scattered = ELFImage(scattered: pieces, hypervisor: hypervisor) {
      files.append(ImageFile(name: ELFImage.scatteredName, contents: scattered.contents()))
    }
    files.append(ImageFile(name: "image.elf", contents: ELFImage(pieces: pieces, hypervisor: hypervisor).contents()))
    if let relocator {
      let single = try SingleImage(plan: plan, pieces: pieces, relocator: relocator)
      files.append(ImageFile(name: "single.img", contents: single.contents()))
    }
    files.append(ImageFile(name: "manifest.yaml", contents: FileContents([.bytes(manifest)])))
    files.append(ImageFile(name: "board.dtb", contents: FileContents([.bytes(plan.board.tree.blob)])))
    let uBoot = try fit.map { options throws(ImageError) in
      try UBootOutput(plan: plan, pieces: pieces, options: options)
    }
    if let uBoot { files += uBoot.files }
    return ImageSet(files: files, loadMap: loadMap(pieces), uBoot: uBoot)
  }

  private func loadMap(_ pieces: [Piece]) -> LoadMap {
    LoadMap(
      version: 1, name: plan.manifest.name.value, board: plan.board.name,
      entry: plan.hypervisor.memory.base.hexadecimal, pieces: pieces.map(entry),
      qemu: QEMUArguments.emulation(plan: plan, pieces: pieces))
  }

  private func entry(_ piece: Piece) -> LoadMap.Piece {
    LoadMap.Piece(
      role: piece.role, owner: piece.owner, file: piece.contents.count + piece.offset > 0 ? piece.file : nil,
      offset: piece.offset,
      address: piece.memory.base.hexadecimal, size: piece.contents.count,
      memorySize: piece.memory.size, sha256: nil)
  }
}
