import Diagnostics
import Foundation

/// Opens files of an output folder by the names that its load map gives them, and none outside it.
struct FolderFile {
  /// The folder, symbolic links resolved.
  private let root: String

  /// Takes a folder.
  init(folder: String) {
    root = URL(fileURLWithPath: folder, isDirectory: true).resolvingSymlinksInPath().path
  }

  /// Whether there is anything of a name.
  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: root + "/" + name) }

  /// Maps an ordinary file into memory; `nil` bytes are never returned for one that is missing.
  ///
  /// - Throws: `VerifierError` for a name that is no path of this folder, a file that is missing or not an ordinary one,
  ///   and one that a symbolic link puts outside the folder.
  func open(_ name: String) throws(VerifierError) -> FileBytes {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard !name.isEmpty, !name.contains("\0"), parts.allSatisfy({ !["", ".", ".."].contains($0) }) else {
      throw fault(name, "is no name of a file below the folder: no `/` at the start or the end, no `.` and no `..`")
    }
    let path = URL(fileURLWithPath: root + "/" + name).resolvingSymlinksInPath().path
    guard path.hasPrefix(root == "/" ? root : root + "/") else {
      throw fault(name, "leads out of the folder by a link")
    }
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else {
      throw fault(name, "is missing")
    }
    guard attributes[.type] as? FileAttributeType == .typeRegular else { throw fault(name, "is not an ordinary file") }
    // Foundation maps nothing on Linux when it is asked to map if that is safe; and nothing empty can be mapped.
    let isEmpty = (attributes[.size] as? NSNumber)?.uint64Value == 0
    do {
      let options: Data.ReadingOptions = isEmpty ? [] : .alwaysMapped
      return FileBytes(name: name, data: try Data(contentsOf: URL(fileURLWithPath: path), options: options))
    } catch {
      throw fault(name, "cannot be read")
    }
  }

  private func fault(_ name: String, _ words: String) -> VerifierError {
    let quoted = Quotation.quoted(path: name)
    return VerifierError(
      VerifierRules.loadMap, "\(quoted) \(words)", subjects: [quoted], resource: ResourceReference(.file, quoted))
  }
}
