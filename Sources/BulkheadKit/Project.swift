import Foundation

/// Where Bulkhead's own files are: the folder with `boards/`, and under `.build/` the runtime and the boards' trees.
public struct Project: Sendable {
  /// The folder, as a path that works from the current folder.
  public let root: String

  /// Takes a folder as it is.
  public init(root: String) { self.root = root }

  /// The EL2 runtime that `make build` links.
  public var runtimeFile: String { root + "/.build/el2/hypervisor.elf" }

  /// The code that single.img starts with, assembled by `make build`.
  public var relocatorFile: String { root + "/.build/el2/relocator.bin" }

  /// Looks for the project from the running program's place upwards, then from the current folder upwards; the
  /// environment variable BULKHEAD_ROOT takes precedence.
  public static func locate(
    environment: [String: String] = ProcessInfo.processInfo.environment,
    program: String = CommandLine.arguments.first ?? "",
    currentFolder: String = FileManager.default.currentDirectoryPath
  ) -> Project? {
    if let root = environment["BULKHEAD_ROOT"] { return Project(root: root) }
    let executable = URL(fileURLWithPath: program).resolvingSymlinksInPath().deletingLastPathComponent()
    for start in [executable, URL(fileURLWithPath: currentFolder)] {
      if let root = ancestor(of: start) { return Project(root: root) }
    }
    return nil
  }

  private static func ancestor(of start: URL) -> String? {
    var folder = start.standardizedFileURL
    while true {
      let boards = folder.appendingPathComponent("boards/manifest.schema.json").path
      if FileManager.default.fileExists(atPath: boards) { return folder.path }
      let parent = folder.deletingLastPathComponent().standardizedFileURL
      if parent.path == folder.path { return nil }
      folder = parent
    }
  }
}
