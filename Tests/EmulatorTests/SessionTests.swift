import Emulator
import Foundation
import Testing

/// Runs with a script in QEMU's place. Limits on time are generous: they only keep a broken test from hanging.
@Suite("A session with an emulator")
struct SessionTests {
  private let safety = SessionLimits(time: .seconds(120))

  private func session(_ script: String, labels: ConsoleLabels = .single("a")) -> Session {
    var session = Session(program: "/bin/sh", arguments: ["-c", script], labels: labels)
    session.limits = safety
    return session
  }

  /// Whether a process of this number exists.
  private func isAlive(_ identifier: Int32) -> Bool { kill(identifier, 0) == 0 }

  @Test("QEMU failing at once is a finding with what it said")
  func dying() throws {
    let script = "echo 'starting'; echo 'qemu: rom: requested regions overlap' >&2; exit 1"
    var session = self.session(script)
    session.expectations = [Expectation(source: "a", text: "heartbeat", within: .seconds(100))]
    let result = try session.run { _ in true }
    #expect(result.end == .died(.exited(1)))
    #expect(result.findings.map(\.rule) == [EmulatorRules.alive.id, EmulatorRules.expectation.id])
    #expect(result.findings.first?.help == "it said:\nqemu: rom: requested regions overlap")
    #expect(result.findings.last?.message.contains("QEMU ended with status 1") == true)
  }

  @Test("QEMU killed from outside is a finding with the signal")
  func killed() throws {
    let script = "kill -9 $$"
    let result = try session(script).run { _ in true }
    #expect(result.end == .died(.signalled(SIGKILL)))
    #expect(result.findings.map(\.message) == ["QEMU ended by signal 9"])
  }

  @Test("QEMU that hangs is ended after the silence that is allowed")
  func hanging() throws {
    let script = "echo $$; exec sleep 1000"
    var session = self.session(script)
    session.limits.silence = .seconds(1)
    var identifier: Int32 = 0
    let result = try session.run { event in
      if case .console(let fragment) = event, let number = Int32(fragment.text) { identifier = number }
      return true
    }
    #expect(result.end == .silent)
    #expect(result.findings.map(\.rule) == [EmulatorRules.audible.id])
    #expect(identifier > 0)
    #expect(!isAlive(identifier))
  }

  @Test("A time limit ends the run without a finding of its own")
  func timeLimit() throws {
    let script = "while :; do echo x; sleep 0.1; done"
    var session = self.session(script)
    session.limits.time = .seconds(1)
    let result = try session.run { _ in true }
    #expect(result.end == .timeLimit)
    #expect(result.findings.isEmpty)
  }

  @Test("Garbage is shown as text and harms nothing")
  func garbage() throws {
    let script = "head -c 200000 /dev/urandom; echo; echo '[a] fine'"
    var session = self.session(script, labels: .labelled(domains: ["a"]))
    session.expectations = [Expectation(source: "a", text: "fine", within: .seconds(100))]
    var characters = 0
    let result = try session.run { event in
      if case .console(let fragment) = event {
        characters += fragment.text.unicodeScalars.count { $0.value < 0x20 && $0 != "\t" || $0 == "\u{1B}" }
      }
      return true
    }
    #expect(characters == 0)
    #expect(result.end == .decided)
    #expect(result.expectations.map(\.isMet) == [true])
    #expect(result.findings.isEmpty)
  }

  @Test("Ctrl-C ends the session and leaves no emulator behind, even one that ignores the request")
  func interrupted() throws {
    let script = "trap '' TERM; echo $$; while :; do sleep 0.1; done"
    var identifier: Int32 = 0
    let result = try session(script).run { event in
      if case .console(let fragment) = event, let number = Int32(fragment.text) {
        identifier = number
        pthread_kill(pthread_self(), SIGINT)
      }
      return true
    }
    #expect(result.end == .interrupted(signal: SIGINT))
    #expect(identifier > 0)
    #expect(!isAlive(identifier))
  }

  @Test("The machine switching itself off is a good end")
  func poweredOff() throws {
    let script = "echo 'last words'; exit 0"
    var lines: [String] = []
    let result = try session(script).run { event in
      if case .console(let fragment) = event { lines.append(fragment.text) }
      return true
    }
    #expect(result.end == .poweredOff)
    #expect(lines == ["last words"])
  }

  @Test("Whoever watches can end it")
  func closed() throws {
    let script = "while :; do echo x; sleep 0.1; done"
    #expect(try session(script).run { _ in false }.end == .outputClosed)
  }

  @Test("Each serial line is shown under its own name, and a line may grow while another one does")
  func severalLines() throws {
    let script =
      "printf 'one '; printf 'two ' >&3; sleep 0.3; printf 'three ' >&4; echo more; echo more >&3; echo x >&4"
    var session = Session(
      program: "/bin/sh", arguments: ["-c", script], lines: [.single("a"), .single("b"), .labelled(domains: ["c"])])
    session.limits = safety
    session.expectations = [
      Expectation(source: "a", text: "one more", within: .seconds(100)),
      Expectation(source: "b", text: "two more", within: .seconds(100)),
      Expectation(source: "bulkhead", text: "three x", within: .seconds(100)),
    ]
    let result = try session.run { _ in true }
    #expect(result.findings.isEmpty)
    #expect(result.expectations.map(\.isMet) == [true, true, true])
    #expect(session.names == ["a", "b", "bulkhead", "c"])
  }

  @Test("A line of one console is never taken for another's")
  func separateLines() throws {
    var session = Session(
      program: "/bin/sh", arguments: ["-c", "echo '[b] secret'; echo done >&3"], lines: [.single("a"), .single("b")])
    session.limits = safety
    session.expectations = [Expectation(source: "b", text: "secret", within: .seconds(100))]
    #expect(try session.run { _ in true }.expectations.map(\.isMet) == [false])
  }

  @Test("A program that cannot be started is a finding")
  func notAProgram() {
    let session = Session(program: "/nonexistent/qemu", arguments: [], labels: .single("a"))
    let error = #expect(throws: EmulatorError.self) { _ = try session.run { _ in true } }
    #expect(error?.finding.message == "`/nonexistent/qemu` cannot be started: No such file or directory")
  }
}
