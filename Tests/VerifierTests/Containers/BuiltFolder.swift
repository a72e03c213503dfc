import BulkheadKit
import Foundation
import TestSupport

@testable import Verifier

/// A folder with every container of the demonstration, and copies of it in which something was changed.
///
/// It stays below `.build` and the next run replaces it; copies share its files, so they have to be on the same disk.
struct BuiltFolder {
  /// The demonstration's, built once.
  static let demonstration = Result { try BuiltFolder() }

  let path: String

  private init() throws {
    path = "\(BuiltFolderCopy.parent)/demonstration"
    try FileManager.default.createDirectory(atPath: BuiltFolderCopy.parent, withIntermediateDirectories: true)
    let project = Project(root: Repository.root)
    let build = Build(project: project, hasSingleFile: true, fit: FITOptions(key: nil))
    try ImageWriter.write(try build.images(of: try BuiltSystem.cockpit.get().plan), to: path)
  }

  /// Opens a copy in which some files were changed; the others are the same files.
  func opening(
    checksHashes: Bool = false, relocator: [UInt8]? = nil, _ change: (BuiltFolderCopy) throws -> Void
  ) throws -> FinishedOutput {
    let copy = BuiltFolderCopy()
    defer { try? FileManager.default.removeItem(atPath: copy.path) }
    let files = FileManager.default
    for name in try files.subpathsOfDirectory(atPath: path) {
      var isFolder: ObjCBool = false
      guard files.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder), !isFolder.boolValue else { continue }
      let target = URL(fileURLWithPath: "\(copy.path)/\(name)")
      try files.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try files.linkItem(at: URL(fileURLWithPath: "\(path)/\(name)"), to: target)
    }
    try change(copy)
    return try FinishedOutput(folder: copy.path, checksHashes: checksHashes, relocator: relocator)
  }
}
