import Crypto
import Diagnostics
import Foundation
import Ownership
import Partition

/// The folder `u-boot`: what goes on a boot medium, and how it is made once the pieces are written.
public struct UBootOutput: Sendable {
  /// The folder's name within the output.
  static let folder = "u-boot"

  private let memory: UBootMemory
  private let key: SigningKey?
  private let emulation: LoadMap.Emulation?
  private let source: String
  private let script: String

  /// Plans the FIT image of some pieces.
  init(plan: Plan, pieces: [Piece], options: FITOptions) throws(ImageError) {
    let treeSize = UInt64(plan.board.tree.blob.count)
    if options.key != nil, pieces.contains(where: \.isScattered), pieces.count > PieceList.mostSigned {
      throw PieceList.tooMany(pieces.count, PieceList.mostSigned, plan)
    }
    memory = try UBootMemory(
      plan: plan, pieces: pieces, fitRoom: FITSource.room(pieces: pieces, treeSize: treeSize), treeSize: treeSize)
    key = options.key
    source = FITSource(plan: plan, pieces: pieces, tree: memory.tree, key: key).text
    script = BootScript(fitAddress: memory.fit.base, zeroed: Self.zeroed(plan, pieces)).text
    emulation = QEMUArguments.uBoot(
      plan: plan, folder: Self.folder, controlTree: options.key.map { _ in Self.controlTree })
  }

  /// The readable sources.
  var files: [ImageFile] {
    [("system.its", source), ("boot.cmd", script)].map { name, text in
      ImageFile(name: "\(Self.folder)/\(name)", contents: FileContents([.bytes(Array(text.utf8))]))
    }
  }

  /// Runs `mkimage` in an output folder that holds every other file; what the load map says of it, and the files that
  /// it wrote.
  func make(in output: String) throws(InputError) -> (map: LoadMap.UBoot, files: [WrittenFolder.File]) {
    let folder = "\(output)/\(Self.folder)"
    let mkimage = try Mkimage()
    var arguments = ["-f", "system.its"]
    if let key {
      try copyTree(from: output)
      arguments += ["-k", key.folder, "-K", "control.dtb", "-r"]
    }
    try mkimage.run(arguments + ["system.itb"], in: folder)
    try mkimage.run(
      ["-A", "arm64", "-O", "linux", "-T", "script", "-C", "none", "-n", "Bulkhead", "-d", "boot.cmd", "boot.scr"],
      in: folder)
    let fit = try digest(of: "system.itb", in: output)
    let script = try digest(of: "boot.scr", in: output)
    let tree = try key.map { _ throws(InputError) in try digest(of: "control.dtb", in: output) }
    guard fit.size <= memory.fit.size else {
      throw OutputFile.failure(
        "\(folder)/system.itb", "it has \(fit.size) bytes, and \(memory.fit.size) are set aside for it in RAM",
        help: "leave out --fit and report this: it is a fault of Bulkhead's")
    }
    let map = LoadMap.UBoot(
      folder: Self.folder, fit: fit.name, fitAddress: memory.fit.base.hexadecimal, fitSize: fit.size,
      fitSHA256: fit.sha256, configuration: FITSource.configuration, treeAddress: memory.tree.hexadecimal,
      script: script.name, scriptSHA256: script.sha256,
      key: key.map { .init(name: $0.name, algorithm: $0.algorithm, controlTree: Self.controlTree) }, qemu: emulation)
    return (map, [fit, script] + [tree].compactMap { $0 })
  }

  private static let controlTree = "\(folder)/control.dtb"

  /// The tree that `mkimage` adds the public key to.
  private func copyTree(from output: String) throws(InputError) {
    let target = "\(output)/\(Self.controlTree)"
    do {
      try FileManager.default.copyItem(atPath: "\(output)/board.dtb", toPath: target)
    } catch {
      throw OutputFile.failure(target, "board.dtb cannot be copied there", help: "name another folder with -o")
    }
  }

  /// A file that was just made, by its name in this folder.
  private func digest(of name: String, in output: String) throws(InputError) -> WrittenFolder.File {
    let file = "\(Self.folder)/\(name)"
    do {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(output)/\(file)"), options: .mappedIfSafe)
      let hash = SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      return WrittenFolder.File(name: file, size: UInt64(bytes.count), sha256: hash)
    } catch {
      throw OutputFile.failure(file, "`\(Mkimage.program)` left no such file", help: "run `make setup`")
    }
  }

  /// What has to be zero and no file gives: the rest of a piece's memory, and the channels. EL2's own is stacks.
  private static func zeroed(_ plan: Plan, _ pieces: [Piece]) -> [AddressRange] {
    let rests = pieces.filter { $0.role != "hypervisor" }.compactMap { piece in
      AddressRange(base: piece.memory.base &+ piece.contents.count, size: piece.memory.size - piece.contents.count)
    }
    return (rests + plan.channels.map(\.memory)).sorted { $0.base < $1.base }
  }
}
