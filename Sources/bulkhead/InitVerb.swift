import ArgumentParser
import BulkheadKit
import Foundation

/// `bulkhead init BOARD`.
struct InitVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Writes a starter manifest for a board.")

  @Argument(help: "The board, as `bulkhead boards` lists it.")
  var board: String
  @Option(name: .shortAndLong, help: "The file to write; BOARD.yaml in the current folder if not given.")
  var output: String?
  @OptionGroup var common: CommonOptions

  func run() throws {
    try common.reporting {
      let file = output ?? board + ".yaml"
      guard !FileManager.default.fileExists(atPath: file) else {
        throw ValidationError("\(file) exists and is left alone; name another file with -o")
      }
      let text = try StarterManifest(board: board, project: try common.wholeProject(), besides: file).text
      try ResultFile.write(text, to: file)
      Terminal.error("wrote \(file); next: bulkhead check \(file)")
      Terminal.print(file)
    }
  }
}
