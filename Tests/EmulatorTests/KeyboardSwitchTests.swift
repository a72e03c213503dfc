import Testing

@testable import Emulator

@Suite("The keyboard of a board with several serial lines")
struct KeyboardSwitchTests {
  private func text(_ keyboard: inout KeyboardSwitch, _ typed: String) -> [String] {
    var lines: [Int: [UInt8]] = [:]
    for (line, bytes) in keyboard.consume(Array(typed.utf8)) { lines[line, default: []] += bytes }
    return (0..<3).map { String(decoding: lines[$0] ?? [], as: UTF8.self) }
  }

  @Test("Keys go to one line, and Ctrl-A l gives them to the next")
  func switching() {
    var keyboard = KeyboardSwitch(lineCount: 3)
    #expect(text(&keyboard, "a\u{1}lb\u{1}lc\u{1}ld") == ["ad", "b", "c"])
    #expect(text(&keyboard, "e\u{1}") == ["e", "", ""])
    #expect(text(&keyboard, "lf") == ["", "f", ""])
  }

  @Test("Other keys after Ctrl-A stay with it, for the hypervisor")
  func prefix() {
    var keyboard = KeyboardSwitch(lineCount: 2)
    #expect(text(&keyboard, "\u{1}n\u{1}\u{1}x") == ["\u{1}n\u{1}\u{1}x", "", ""])
  }

  @Test("With one line nothing is changed")
  func single() {
    var keyboard = KeyboardSwitch(lineCount: 1)
    #expect(text(&keyboard, "\u{1}lx") == ["\u{1}lx", "", ""])
  }
}
