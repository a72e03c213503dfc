import ArgumentParser
import BulkheadKit
import Foundation

/// `bulkhead boards`.
struct BoardsVerb: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "boards", abstract: "Lists the boards.")

  @OptionGroup var common: CommonOptions

  func run() throws {
    try common.reporting {
      let library = BoardLibrary(root: try common.wholeProject().root)
      let known = try library.names.map { ($0, try library.description(of: $0).summary) }
      let boards = known + [("generic", BoardDescription.generic.summary)]
      let width = (boards.map(\.0.count).max() ?? 0) + 2
      for (name, summary) in boards {
        Terminal.print(name.padding(toLength: width, withPad: " ", startingAt: 0) + summary)
      }
    }
  }
}
