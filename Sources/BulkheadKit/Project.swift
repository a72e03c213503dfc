import Foundation

/// Where Bulkhead's own files are: the folder with `boards/`, and under `.build/` the runtime and the boards' trees.
public struct Project: Sendable {
  /// The folder, as a path that works from the current folder.
  public let root: String

  /// Takes a folder as it is.
  public init(root: String) { self.root = root }

  /// The EL2 runtime that `make build` links for a version of the GIC, for a GICv3 with or without SMMUs to drive.
  public func runtimeFile(for version: InterruptController.Version, hasSMMU: Bool = false) -> String {
    root + "/.build/el2/" + (version == .two ? Self.runtimes[1] : hasSMMU ? Self.runtimes[2] : Self.runtimes[0])
  }

  /// The EL2 runtime that a plan's image carries.
  public func runtimeFile(for plan: Plan) -> String {
    runtimeFile(for: plan.board.interruptController?.version ?? .three, hasSMMU: !plan.smmus.isEmpty)
  }

  /// The files of the runtimes: for a GICv3, for a GICv2, and for a GICv3 with devices behind an SMMUv3.
  static let runtimes = ["hypervisor.elf", "hypervisor-gicv2.elf", "hypervisor-smmuv3.elf"]

  /// The code that single.img starts with, assembled by `make build`.
  public var relocatorFile: String { root + "/.build/el2/relocator.bin" }

  /// Whether the boards are there.
  public var isWhole: Bool { FileManager.default.fileExists(atPath: root + "/boards/manifest.schema.json") }

  /// Throws a finding if they are not.
  public func checkIsWhole() throws(InputError) {
    guard !isWhole else { return }
    throw InputError(
      Finding(
        KitRules.readableInput, .error, "\(Quotation.quoted(path: root)) holds none of Bulkhead's own files",
        subjects: [root], resource: ResourceReference(.file, root),
        help: "set the environment variable BULKHEAD_ROOT to the folder that holds `boards/` and `.build/`"))
  }

  /// Looks for the project from the running program's place upwards, then from the current folder upwards; the
  /// environment variable BULKHEAD_ROOT takes precedence.
  public static func locate(
    environment: [String: String] = ProcessInfo.processInfo.environment,
    program: String = CommandLine.arguments.first ?? "",
    currentFolder: String = FileManager.default.currentDirectoryPath
  ) -> Project? {
    if let root = environment["BULKHEAD_ROOT"], !root.isEmpty { return Project(root: root) }
    let executable = URL(fileURLWithPath: program).resolvingSymlinksInPath().deletingLastPathComponent()
    for start in [executable, URL(fileURLWithPath: currentFolder)] {
      if let root = ancestor(of: start) { return Project(root: root) }
    }
    return nil
  }

  private static func ancestor(of start: URL) -> String? {
    var folder = start.standardizedFileURL
    while true {
      let project = Project(root: folder.path)
      if project.isWhole { return project.root }
      let parent = folder.deletingLastPathComponent().standardizedFileURL
      if parent.path == folder.path { return nil }
      folder = parent
    }
  }
}
