import ArgumentParser
import BulkheadKit
import Foundation

/// `bulkhead devices BOARD-or-DTB [NODE]`.
struct DevicesVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "devices", abstract: "What can be assigned; for one node, what it has and whom it conflicts with.")

  /// The forms of this verb's result.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @Argument(help: "A board, as `bulkhead boards` lists it, or a compiled device tree (.dtb).")
  var board: String?
  @Argument(help: "A node by path, label or alias.")
  var node: String?
  @Option(help: "A folder of compiled trees: what can be assigned on each, as Markdown.")
  var summary: String?
  @Option(help: "How to print the result: text, json.")
  var format: Format = .text
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if (board == nil) == (summary == nil) {
      throw ValidationError("Name a board, a compiled device tree, or --summary FOLDER.")
    }
    if summary != nil, format == .json { throw ValidationError("A summary is Markdown; --format json is for boards.") }
  }

  func run() throws {
    try common.reporting {
      if let summary { return Terminal.print(try TreeFolder(summary).summary.markdown) }
      let board = board ?? ""
      let listing = DeviceListing(try read(board))
      guard let node else { return Terminal.print(format == .json ? listing.json.text : listing.text) }
      guard let detail = listing.detail(of: node) else { throw unknown(node, on: board, listing) }
      Terminal.print(format == .json ? detail.json.text : detail.text)
    }
  }

  /// A file if there is one of that name, else a board of the project's.
  private func read(_ board: String) throws -> Board {
    var isFolder: ObjCBool = false
    let isFile = FileManager.default.fileExists(atPath: board, isDirectory: &isFolder) && !isFolder.boolValue
    if isFile || board.hasSuffix(".dtb") { return try Board.generic(treeFile: board) }
    return try BoardLibrary(root: try common.wholeProject().root).load(board)
  }

  private func unknown(_ node: String, on board: String, _ listing: DeviceListing) -> InputError {
    let near = listing.board.tree.suggestions(for: node)
    return InputError(
      Finding(
        KitRules.knownNode, .error,
        "\(board) has no node with the path, label or alias \(Quotation.quoted(path: node))", subjects: [node],
        resource: ResourceReference(.device, node),
        help: near.isEmpty ? allOfThem(on: board, listing) : "did you mean \(near.joined(separator: ", or "))?"))
  }

  private func allOfThem(on board: String, _ listing: DeviceListing) -> String {
    let list = "`bulkhead devices \(board)` lists them all"
    let hasLabels = !listing.board.tree.labels.isEmpty
    return hasLabels
      ? list : list + "; the tree has no labels, as it was compiled without `dtc -@`: write a path or an alias"
  }
}
