import Foundation

/// The files of a built folder that `build` writes: what a certificate speaks of.
struct OutputInventory {
  /// The files, each once.
  let names: [String]
  private let folder: String

  /// Lists a folder by its load map and its lock.
  init(folder: OutputFolder, kept: KeptInputs) {
    self.folder = folder.path
    let map = folder.loadMap
    var names = Set(map.pieces.compactMap(\.file) + kept.names)
    names.formUnion(["image.elf", "load-map.json", "manifest.yaml", "board.dtb", InputKeeping.lockFile])
    for name in ["coloured.elf", "single.img"] where FileManager.default.fileExists(atPath: "\(folder.path)/\(name)") {
      names.insert(name)
    }
    if let uBoot = map.uBoot {
      names.formUnion([uBoot.fit, uBoot.script, "\(uBoot.folder)/system.its", "\(uBoot.folder)/boot.cmd"])
      if let tree = uBoot.key?.controlTree { names.insert(tree) }
    }
    self.names = names.sorted()
  }

  /// Size and SHA-256 of each; a finding for one that cannot be read.
  func outputs() throws(InputError) -> [Certificate.Output] {
    var outputs: [Certificate.Output] = []
    for name in names {
      let path = "\(folder)/\(name)"
      do throws(PayloadProblem) {
        let (size, hash) = try InputDigest.digest(ofFile: path)
        outputs.append(Certificate.Output(file: name, size: size, sha256: hash))
      } catch {
        throw InputError(
          Finding(
            KitRules.readableInput, .error, "\(Quotation.quoted(path: path)) is missing or cannot be read",
            subjects: [path], resource: ResourceReference(.file, path),
            help: "build the folder again with `bulkhead build`"))
      }
    }
    return outputs
  }
}
