import Foundation

/// Writes a small result, such as a manifest, a lock file or a report, as a whole.
public enum ResultFile {
  /// Puts `text` into the file at `path`, replacing what was there, and makes the folders above it.
  ///
  /// - Throws: A finding that names the file if it cannot be written; then it is as it was.
  public static func write(_ text: String, to path: String) throws(InputError) {
    try write(bytes: Array(text.utf8), to: path)
  }

  /// The same for bytes.
  public static func write(bytes: [UInt8], to path: String) throws(InputError) {
    guard !path.isEmpty else { throw failure(path, "a file needs a name") }
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw failure(path, "it is a folder")
    }
    let file = URL(fileURLWithPath: path)
    let folder = file.deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw failure(path, "the folder above it cannot be made")
    }
    do {
      try Data(bytes).write(to: file, options: .atomic)
    } catch {
      throw failure(path, "the folder above it cannot be written to, or the disk is full")
    }
  }

  private static func failure(_ path: String, _ reason: String) -> InputError {
    InputError(
      Finding(
        KitRules.unexpected, .error, "\(Quotation.quoted(path: path)) cannot be written: \(reason)", subjects: [path],
        resource: ResourceReference(.file, path), help: "name another file, or make room for this one"))
  }
}
