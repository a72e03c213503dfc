import DeviceTree
import Diagnostics
import Foundation

/// Reads a flattened tree from a file, with errors in words.
enum TreeFile {
  /// Larger files are refused before they are read.
  private static let limit = 16 << 20

  /// Reads the tree at `path`; messages call the file `name`. `help` goes with an error about a missing file.
  static func read(_ path: String, as name: String, help: String) throws(InputError) -> DeviceTree {
    let bytes = try bytes(path, as: name, help: help)
    do throws(DeviceTreeError) {
      return try DeviceTree(blob: bytes)
    } catch {
      throw InputError(
        Finding(
          BoardRules.damagedTree, .error, "\(name) \(error)", subjects: [name],
          resource: ResourceReference(.file, name),
          help: advice(error)))
    }
  }

  private static func bytes(_ path: String, as name: String, help: String) throws(InputError) -> [UInt8] {
    func failure(_ message: String, _ help: String) -> InputError {
      InputError(
        Finding(
          BoardRules.unreadableFile, .error, message, subjects: [name], resource: ResourceReference(.file, name),
          help: help))
    }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw failure("the device tree \(name) does not exist", help)
    }
    guard !isFolder.boolValue else {
      throw failure("the device tree \(name) is a folder", "name the .dtb file in it")
    }
    do {
      let handle = try FileHandle(forReadingFrom: URL(filePath: path))
      defer { try? handle.close() }
      let data = try handle.read(upToCount: limit + 1) ?? Data()
      return [UInt8](data)
    } catch {
      throw failure("the device tree \(name) cannot be read", "check the file's permissions")
    }
  }

  private static func advice(_ error: DeviceTreeError) -> String {
    switch error {
    case .notATree: "give a compiled tree (.dtb); source text (.dts) is compiled with `dtc -I dts -O dtb`"
    case .truncated: "copy the file again; it lost its end"
    case .unsupportedVersion: "compile the tree again with a current dtc"
    case .misaligned, .corrupt, .badName: "copy or compile the tree again"
    case .tooLarge: "give the tree of a single board"
    }
  }
}

extension Board {
  /// The board that a tree describes, and nothing else: `board: generic`.
  ///
  /// - Throws: `InputError` if the file is missing, unreadable, or no complete flattened tree.
  public static func generic(treeFile: String) throws(InputError) -> Board {
    let tree = try TreeFile.read(
      treeFile, as: treeFile, help: "check the path; a path in a manifest is relative to the file that names it")
    return read(name: "generic", tree: tree, treeFile: treeFile, description: .generic)
  }
}
