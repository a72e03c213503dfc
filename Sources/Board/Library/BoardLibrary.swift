import Diagnostics
import Foundation

/// The boards that Bulkhead knows: one folder each under `boards/` of the project.
public struct BoardLibrary: Sendable {
  /// The project's root folder.
  public let root: String

  /// Looks for boards under `root`/boards.
  public init(root: String) { self.root = root }

  /// Names of the folders under `boards/` that hold a `board.yaml`, sorted.
  public var names: [String] {
    let folders = (try? FileManager.default.contentsOfDirectory(atPath: root + "/boards")) ?? []
    return folders.filter { FileManager.default.fileExists(atPath: "\(root)/boards/\($0)/board.yaml") }.sorted()
  }

  /// What a board's `board.yaml` says.
  ///
  /// - Throws: `InputError` if there is no such board or its `board.yaml` is malformed.
  public func description(of name: String) throws(InputError) -> BoardDescription {
    guard names.contains(name) else { throw unknown(name) }
    let file = "boards/\(name)/board.yaml"
    guard let bytes = try? OrdinaryFile.read("\(root)/\(file)", limit: 1 << 20),
      let text = String(validating: bytes, as: UTF8.self)
    else {
      throw InputError(
        Finding(
          BoardRules.malformedDescription, .error, "\(file) cannot be read as UTF-8 text", subjects: [file],
          resource: ResourceReference(.file, file), help: "boards/README.md describes the format"))
    }
    return try BoardDescriptionReader.read(text, file: file)
  }

  /// A board with its tree, or with `treeFile`, a tree of the user's own for it.
  ///
  /// - Throws: `InputError` if there is no such board, its `board.yaml` is malformed, or its tree cannot be read.
  public func load(_ name: String, treeFile: String? = nil) throws(InputError) -> Board {
    let description = try description(of: name)
    if let treeFile {
      return try board(name, description, treeFile, as: treeFile, help: "check `device-tree:` in the manifest")
    }
    let source = description.treeSource ?? .file("")
    let path = source.compiledFile(board: name)
    let help =
      if case .file(let file) = source, file == path {
        "check `device-tree` in boards/\(name)/board.yaml"
      } else {
        "run `make build`, which makes it from \(source.words)"
      }
    return try board(name, description, "\(root)/\(path)", as: path, help: help)
  }

  private func board(
    _ name: String, _ description: BoardDescription, _ path: String, as file: String, help: String
  ) throws(InputError) -> Board {
    let tree = try TreeFile.read(path, as: file, help: help, enabling: description.enabledNodes.map(\.path))
    return Board.read(name: name, tree: tree, treeFile: file, description: description)
  }

  private func unknown(_ name: String) -> InputError {
    let known = names
    let list = known.isEmpty ? "there are no boards under boards/" : "the boards are \(known.joined(separator: ", "))"
    let nearest = Suggestions.nearest(to: name, among: known + ["generic"]).map { "did you mean `\($0)`? " } ?? ""
    return InputError(
      Finding(
        BoardRules.unknownBoard, .error, "there is no board `\(name)`", subjects: ["board"],
        resource: ResourceReference(.manifest, name),
        help: "\(nearest)\(list); any other board is `board: generic` with a `device-tree`"))
  }
}
