import Board
import Diagnostics

/// Descriptions of boards (`board.yaml`): accepted or refused with reasons, the same each time.
enum BoardTrial {
  @Sendable static func run(_ bytes: [UInt8]) throws {
    guard let text = TextInput.text(bytes) else { return }
    let first = read(text)
    try require(first, is: read(text), "a second reading")
    if case .failure(let error) = first {
      try require(!error.finding.message.isEmpty, "refused without words")
    }
  }

  private static func read(_ text: String) -> Result<BoardDescription, Refusal> {
    do throws(InputError) {
      return .success(try BoardDescriptionReader.read(text, file: "board.yaml"))
    } catch {
      return .failure(Refusal(finding: error.finding))
    }
  }

  private struct Refusal: Error, Equatable {
    var finding: Finding
  }
}
