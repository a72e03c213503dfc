import Crypto
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
  public static func write(_ set: ImageSet, to folder: String) throws(InputError) {
    guard !folder.isEmpty else {
      throw OutputFile.failure("``", "a folder needs a name", help: "name a folder with -o")
    }
    let target = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    try checkTarget(target)
    let writer = ImageWriter(target: target, temporary: try TemporarySibling.make(of: target))
    do throws(InputError) {
      try writer.fill(set)
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

  private func fill(_ set: ImageSet) throws(InputError) {
    var map = set.loadMap
    for file in set.files {
      let hash = try write(file)
      for index in map.pieces.indices where map.pieces[index].file == file.name { map.pieces[index].sha256 = hash }
    }
    map.uBoot = try set.uBoot?.make(in: temporary)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let json = try? encoder.encode(map) else {
      throw OutputFile.failure(target + "/load-map.json", "the load map cannot be expressed as JSON", help: nil)
    }
    _ = try write(ImageFile(name: "load-map.json", contents: FileContents([.bytes(Array(json) + [0x0A])])))
  }

  /// Writes one file; SHA-256 of its contents, hexadecimal.
  private func write(_ file: ImageFile) throws(InputError) -> String {
    let path = temporary + "/" + file.name
    let parent = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    do {
      try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    } catch {
      throw OutputFile.failure(target, "the folder \(parent) cannot be made", help: "name another folder with -o")
    }
    var output = try OutputFile(path: path)
    for part in file.contents.parts { try output.append(part) }
    return output.finish()
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
