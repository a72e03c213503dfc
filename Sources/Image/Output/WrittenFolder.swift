import Diagnostics
import FoundationEssentials

/// An output folder that is complete but for what somebody else adds, and that has not taken its place yet.
public struct WrittenFolder {
  /// A file of it.
  public struct File: Hashable, Sendable {
    /// Its path within the folder.
    public let name: String
    /// How many bytes it has.
    public let size: UInt64
    /// SHA-256 of them, hexadecimal, taken while they were written.
    public let sha256: String
  }

  /// Where it lies until it takes its place.
  public let path: String
  /// The files in the order of writing.
  public private(set) var files: [File] = []
  /// The load map with every hash; `nil` until every piece is written.
  public internal(set) var loadMap: LoadMap?

  init(path: String) { self.path = path }

  /// Writes one more file; SHA-256 of its contents, hexadecimal.
  @discardableResult
  public mutating func add(_ file: ImageFile) throws(InputError) -> String {
    let place = path + "/" + file.name
    let parent = TemporarySibling.parent(of: place)
    do {
      try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    } catch {
      throw OutputFile.failure(place, "the folder \(parent) cannot be made", help: "name another folder with -o")
    }
    var output = try OutputFile(path: place)
    for part in file.contents.parts { try output.append(part) }
    let hash = output.finish()
    note(File(name: file.name, size: file.contents.count, sha256: hash))
    return hash
  }

  /// Adds a file that another program has written.
  mutating func note(_ file: File) { files.append(file) }
}
