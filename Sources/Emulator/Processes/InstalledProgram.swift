import Foundation

/// Where a program of this machine is.
public enum InstalledProgram {
  /// The first file of this name that may be executed in the folders of a search path (the value of PATH); `nil` if
  /// there is none.
  public static func path(
    of name: String, searchPath: String = ProcessInfo.processInfo.environment["PATH"] ?? ""
  ) -> String? {
    let candidates = searchPath.split(separator: ":").map { "\($0)/\(name)" }
    return candidates.first { access($0, X_OK) == 0 && !isFolder($0) }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
  }
}
