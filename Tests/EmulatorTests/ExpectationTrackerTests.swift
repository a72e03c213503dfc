import Emulator
import Testing

@Suite("Expectations are decided by lines and time")
struct ExpectationTrackerTests {
  private func line(_ source: String, _ text: String) -> ConsoleFragment {
    ConsoleFragment(source: source, text: text, startsLine: true, endsLine: true)
  }

  @Test("A text counts on its own domain's console only")
  func source() {
    var tracker = ExpectationTracker([Expectation(source: "a", text: "ready", within: .seconds(5))])
    #expect(tracker.consume(line("b", "ready"), at: .seconds(1)).isEmpty)
    #expect(tracker.consume(line("a", "almost ready now"), at: .seconds(2)).map(\.isMet) == [true])
    #expect(tracker.isDecided)
  }

  @Test("A text that comes in pieces of one line is found, and one across two lines is not")
  func pieces() {
    var tracker = ExpectationTracker([Expectation(source: "a", text: "ready", within: .seconds(5))])
    let start = ConsoleFragment(source: "a", text: "re", startsLine: true, endsLine: false)
    let end = ConsoleFragment(source: "a", text: "ady", startsLine: false, endsLine: true)
    #expect(tracker.consume(line("a", "re"), at: .zero).isEmpty)
    #expect(tracker.consume(line("a", "ady"), at: .zero).isEmpty)
    #expect(tracker.consume(start, at: .zero).isEmpty)
    #expect(tracker.consume(end, at: .zero).count == 1)
  }

  @Test("A prompt that ends no line counts once nothing follows it")
  func prompt() {
    var tracker = ExpectationTracker([Expectation(source: "a", text: "login:", within: .seconds(5))])
    let prompt = ConsoleFragment(source: "a", text: "login: ", startsLine: true, endsLine: false)
    #expect(tracker.consume(prompt, at: .seconds(1)).isEmpty)
    #expect(tracker.settle(at: .seconds(1)).map(\.isMet) == [true])
    #expect(tracker.settle(at: .seconds(1)).isEmpty)
  }

  @Test("What is after the previous one ignores the past, and its time starts there")
  func afterPrevious() {
    var tracker = ExpectationTracker([
      Expectation(source: "linux", text: "panic", within: .seconds(60)),
      Expectation(source: "cluster", text: "heartbeat", within: .seconds(5), isAfterPrevious: true),
    ])
    #expect(tracker.consume(line("cluster", "heartbeat 1"), at: .seconds(20)).isEmpty)
    #expect(tracker.consume(line("linux", "Kernel panic"), at: .seconds(50)).count == 1)
    #expect(tracker.tick(at: .seconds(54)).isEmpty)
    #expect(tracker.consume(line("cluster", "heartbeat 2"), at: .seconds(54)).map(\.isMet) == [true])
    #expect(tracker.results.map(\.elapsed) == [.seconds(50), .seconds(4)])
  }

  @Test("One line does not meet two expectations that follow each other")
  func sameLine() {
    var tracker = ExpectationTracker([
      Expectation(source: "a", text: "beat", within: .seconds(9)),
      Expectation(source: "a", text: "beat", within: .seconds(9), isAfterPrevious: true),
    ])
    #expect(tracker.consume(line("a", "beat 1"), at: .seconds(1)).count == 1)
    #expect(tracker.consume(line("a", "beat 2"), at: .seconds(2)).count == 1)
  }

  @Test("A miss says how long the wait was and what came last, and takes those with it that wait for it")
  func missed() {
    var tracker = ExpectationTracker([
      Expectation(source: "a", text: "ready", within: .milliseconds(1500)),
      Expectation(source: "b", text: "go", within: .seconds(9), isAfterPrevious: true),
    ])
    #expect(tracker.consume(line("a", "starting"), at: .seconds(1)).isEmpty)
    let findings = tracker.tick(at: .seconds(2)).compactMap(\.finding)
    #expect(
      findings.map(\.message) == [
        "[a] did not print \"ready\": not within 1500 ms",
        "[b] did not print \"go\": what it waits for, \"ready\", did not come",
      ])
    #expect(findings.map(\.help) == ["the last line of [a] was: starting", "[b] printed nothing at all"])
    #expect(findings.allSatisfy { $0.rule == EmulatorRules.expectation.id })
  }

  @Test("A text that comes too late does not count, even if nobody looked at the time before")
  func late() {
    var tracker = ExpectationTracker([Expectation(source: "a", text: "ready", within: .seconds(5))])
    #expect(tracker.consume(line("a", "ready"), at: .seconds(6)).isEmpty)
    #expect(tracker.tick(at: .seconds(6)).map(\.isMet) == [false])
  }

  @Test("What is still open when the run ends is missed for that reason")
  func end() {
    var tracker = ExpectationTracker([Expectation(source: "a", text: "ready", within: .seconds(5))])
    let results = tracker.end(because: "QEMU ended with status 1 before", at: .seconds(1))
    #expect(
      results.compactMap(\.finding).map(\.message) == [
        "[a] did not print \"ready\": QEMU ended with status 1 before"
      ])
    #expect(tracker.end(because: "again", at: .seconds(2)).isEmpty)
  }
}
