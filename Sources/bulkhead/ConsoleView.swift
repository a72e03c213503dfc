import BulkheadKit
import Foundation

/// Shows a session on standard output as it runs.
struct ConsoleView {
  private let isColored: Bool

  /// Takes the colour choice of the command line.
  init(_ common: CommonOptions) { isColored = common.color.isColored(.standardOutput) }

  /// Runs a session; its consoles appear labelled, and what is met is said between their lines.
  func run(_ session: Session, tellsStory: Bool = false) throws(EmulatorError) -> SessionResult {
    var printer = ConsolePrinter(names: session.names, isColoured: isColored)
    return try session.run { event in
      switch event {
      case .console(let fragment): printer.write(fragment)
      case .expectation(let result): printer.write(line: line(for: result, tellsStory: tellsStory))
      }
    }
  }

  private func line(for result: ExpectationResult, tellsStory: Bool) -> String {
    let expectation = result.expectation
    let mark = result.isMet ? "met" : "NOT MET"
    let text = "bulkhead: \(mark): \(expectation.source) says \(Quotation.quoted(expectation.text))"
    guard let note = expectation.note, result.isMet else { return emphasized(text) }
    return emphasized(tellsStory ? "=== \(note)" : text + " — \(note)")
  }

  private func emphasized(_ text: String) -> String { isColored ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
}
