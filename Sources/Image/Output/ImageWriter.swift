import Diagnostics
import FoundationEssentials

/// Writes an output folder as a whole: into a temporary folder beside it, which then takes its place.
///
/// Two builds into the same folder at once each write a temporary folder of their own; the one that ends last stays.
public struct ImageWriter {
  private let target: String
  private let temporary: String

  /// Writes every file and the load map; the folder is there completely or not at all.
  ///
  /// An earlier output of that name is replaced; any other folder or file of that name is left alone and refused.
  ///
  /// - Parameter finish: Looks at the complete folder before it takes its place, and may add files; if it throws, nothing
  ///   takes its place.
  public static func write(
    _ set: ImageSet, to folder: String, finish: (inout WrittenFolder) throws -> Void = { _ in }
  ) throws {
    guard !folder.isEmpty else {
      throw OutputFile.failure("``", "a folder needs a name", help: "name a folder with -o")
    }
    let target = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    try checkTarget(target)
    let writer = ImageWriter(target: target, temporary: try TemporarySibling.make(of: target))
    do {
      var written = try writer.fill(set)
      try finish(&written)
      try writer.takePlace()
    } catch {
      try? FileManager.default.removeItem(atPath: writer.temporary)
      throw error
    }
  }

  private static func checkTarget(_ target: String) throws(InputError) {
    let files = FileManager.default
    guard files.fileExists(atPath: target) else { return }
    let contents = try? files.contentsOfDirectory(atPath: target)
    guard let contents, contents.isEmpty || contents.contains("load-map.json") else {
      throw OutputFile.failure(
        target, "it exists and is not an earlier output (it has no load-map.json)",
        help: "name another folder with -o, or remove it yourself")
    }
  }

  private func fill(_ set: ImageSet) throws(InputError) -> WrittenFolder {
    var folder = WrittenFolder(path: temporary)
    var map = set.loadMap
    for file in set.files {
      let hash = try folder.add(file)
      for index in map.pieces.indices where map.pieces[index].file == file.name { map.pieces[index].sha256 = hash }
    }
    if let uBoot = set.uBoot {
      let made = try uBoot.make(in: temporary)
      map.uBoot = made.map
      made.files.forEach { folder.note($0) }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let json = try? encoder.encode(map) else {
      throw OutputFile.failure(target + "/load-map.json", "the load map cannot be expressed as JSON", help: nil)
    }
    try folder.add(ImageFile(name: "load-map.json", contents: FileContents([.bytes(Array(json) + [0x0A])])))
    folder.loadMap = map
    return folder
  }

  private func takePlace() throws(InputError) {
    // Between moving the old folder away and the new one there nobody else may do the same.
    let lock = FolderLock(TemporarySibling.parent(of: target))
    defer { lock.release() }
    try Self.checkTarget(target)
    let files = FileManager.default
    let old = temporary + ".old"
    do {
      if files.fileExists(atPath: target) { try files.moveItem(atPath: target, toPath: old) }
      try files.moveItem(atPath: temporary, toPath: target)
      try? files.removeItem(atPath: old)
    } catch {
      if !files.fileExists(atPath: target) { try? files.moveItem(atPath: old, toPath: target) }
      throw OutputFile.failure(target, "the finished folder cannot be moved there", help: "name another folder with -o")
    }
  }
}
