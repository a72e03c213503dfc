import Foundation

/// Sees to it that a built folder keeps every input that it was made from, so that it can be verified without them.
struct InputKeeping {
  /// The lock file's name in a built folder.
  static let lockFile = "lock.yaml"

  /// The folder's file that holds each input, in the inputs' order.
  private(set) var kept: [(input: PlanInput, file: String)] = []
  /// Files that the folder has to have beside those of the images.
  private(set) var files: [ImageFile] = []

  /// Finds the inputs among the images' files, and adds copies of the others: included manifests, and ELF kernels,
  /// of which the images hold only what is loaded.
  init(_ inputs: [PlanInput], among images: ImageSet) {
    var hasManifest = false
    for input in inputs {
      guard let path = input.file else {
        kept.append((input, "board.dtb"))
        continue
      }
      let name: String
      if input.domain == nil, !hasManifest {
        name = "manifest.yaml"
        hasManifest = true
      } else {
        name = Self.whole(path, among: images) ?? addCopy(of: input, path)
      }
      kept.append((input, name))
    }
  }

  /// The lock as it lies in the folder, with the hashes that writing the files has given.
  func lock(of plan: Plan, files: [String], written: [WrittenFolder.File]) throws(InputError) -> LockFile {
    let hashes = Dictionary(written.map { ($0.name, $0.sha256) }) { first, _ in first }
    var digests: [String: String] = [:]
    for (input, name) in kept {
      if let path = input.file, let hash = hashes[name] { digests[path] = hash }
    }
    return try LockFile(of: plan, files: files, digests: digests).keeping(kept.map { ($0.input.subject, $0.file) })
  }

  /// The file of the images that is an input from its first byte to its last.
  private static func whole(_ path: String, among images: ImageSet) -> String? {
    guard let size = size(of: path) else { return nil }
    let contents = FileContents([.file(path: path, offset: 0, count: size)])
    return images.files.first { $0.contents == contents }?.name
  }

  private mutating func addCopy(of input: PlanInput, _ path: String) -> String {
    let what = input.domain.map { "\($0)-\(input.role?.rawValue ?? "input")" } ?? "manifest"
    let name = "inputs/\(files.count)-\(what)"
    files.append(
      ImageFile(name: name, contents: FileContents([.file(path: path, offset: 0, count: Self.size(of: path) ?? 0)])))
    return name
  }

  private static func size(of path: String) -> UInt64? {
    let place = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let attributes = try? FileManager.default.attributesOfItem(atPath: place)
    return (attributes?[.size] as? NSNumber)?.uint64Value
  }
}
