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
  var board: String
  @Argument(help: "A node by path, label or alias.")
  var node: String?
  @Option(help: "How to print the result: text, json.")
  var format: Format = .text
  @OptionGroup var common: CommonOptions

  func run() throws {
    try common.reporting {
      let listing = DeviceListing(try read())
      guard let node else { return Terminal.print(format == .json ? listing.json.text : listing.text) }
      guard let detail = listing.detail(of: node) else { throw unknown(node, listing) }
      Terminal.print(format == .json ? detail.json.text : detail.text)
    }
  }

  /// A file if there is one of that name, else a board of the project's.
  private func read() throws -> Board {
    var isFolder: ObjCBool = false
    let isFile = FileManager.default.fileExists(atPath: board, isDirectory: &isFolder) && !isFolder.boolValue
    if isFile || board.hasSuffix(".dtb") { return try Board.generic(treeFile: board) }
    let project = try common.wholeProject()
    let known = try BoardLibrary(root: project.root).load(board)
    common.show(known.provenance(in: project))
    return known
  }

  private func unknown(_ node: String, _ listing: DeviceListing) -> InputError {
    InputError(
      Finding(
        KitRules.knownNode, .error,
        "\(board) has no node with the path, label or alias \(Quotation.quoted(path: node))", subjects: [node],
        resource: ResourceReference(.device, node),
        help: listing.nearest(to: node).map { "did you mean \($0)?" } ?? "`bulkhead devices \(board)` lists them all"))
  }
}
