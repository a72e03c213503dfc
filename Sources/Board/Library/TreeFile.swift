import DeviceTree
import Diagnostics

/// Reads a flattened tree from a file, with errors in words.
public enum TreeFile {
  /// Larger files are refused before they are read.
  private static let limit = 16 << 20

  /// Reads the tree at `path`; messages call the file `name`. `help` goes with an error about a missing file, and the
  /// nodes at the full paths `enabled` count as enabled whatever the file says.
  public static func read(
    _ path: String, as name: String, help: String, enabling enabled: [String] = []
  ) throws(InputError) -> DeviceTree {
    let bytes = try bytes(path, as: name, help: help)
    do throws(DeviceTreeError) {
      return try DeviceTree(blob: bytes).enabling(enabled)
    } catch {
      throw InputError(
        Finding(
          BoardRules.damagedTree, .error, "\(name) \(error)", subjects: [name],
          resource: ResourceReference(.file, name),
          help: advice(error)))
    }
  }

  private static func bytes(_ path: String, as name: String, help: String) throws(InputError) -> [UInt8] {
    do throws(OrdinaryFile.Failure) {
      return try OrdinaryFile.read(path, limit: limit)
    } catch {
      let (reason, help) = words(error, help: help)
      throw InputError(
        Finding(
          BoardRules.unreadableFile, .error, "the device tree \(name) \(reason)", subjects: [name],
          resource: ResourceReference(.file, name), help: help))
    }
  }

  private static func words(_ failure: OrdinaryFile.Failure, help: String) -> (reason: String, help: String) {
    switch failure {
    case .missing: ("does not exist", help)
    case .folder: ("is a folder", "name the .dtb file in it")
    case .special: ("is no ordinary file", "name a .dtb file")
    case .unreadable: ("cannot be read", "check the file's permissions")
    case .tooLarge: ("is larger than \(limit >> 20) MiB", "give the compiled tree of a single board")
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
