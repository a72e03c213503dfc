import Diagnostics
import Foundation

/// The inside of a session: waits for output, keys, signals and deadlines in turn.
struct SessionLoop {
  /// How long one wait lasts at most; also how late a signal or a deadline may be seen.
  private static let pause: Int32 = 50
  /// The end of QEMU's messages that is kept for the finding, in bytes.
  private static let messageLimit = 4096

  private let session: Session
  private let child: ChildProcess
  private let start = ContinuousClock.now
  /// The serial lines by the descriptors that they are read from.
  private var splitters: [Int32: ConsoleSplitter] = [:]
  private var keyboard: KeyboardSwitch
  private var tracker: ExpectationTracker
  private var messages: [UInt8] = []
  private var open: Set<Int32>
  private var lastOutput: Duration = .zero

  init(session: Session, child: ChildProcess) {
    self.session = session
    self.child = child
    for (descriptor, labels) in zip([child.output] + child.connections, session.lines) {
      splitters[descriptor] = ConsoleSplitter(labels: labels)
    }
    keyboard = KeyboardSwitch(lineCount: session.lines.count)
    tracker = ExpectationTracker(session.expectations)
    open = Set([child.output, child.errors] + child.connections)
    if session.takesInput { open.insert(0) }
  }

  /// Goes on until there is a reason to end.
  mutating func run(signals: borrowing SignalWatch, observe: (SessionEvent) -> Bool) -> SessionEnd {
    while true {
      if let signal = signals.arrived() { return .interrupted(signal: signal) }
      let ready = Polling.wait(for: open.sorted(), milliseconds: SessionLoop.pause)
      var fragments: [ConsoleFragment] = []
      for descriptor in outputs where ready.contains(descriptor) { fragments += readOutput(descriptor) }
      if ready.contains(child.errors) { readMessages() }
      if ready.contains(0) { readKeys() }
      let isDrained = ready.isDisjoint(with: outputs + [child.errors])
      if isDrained { for descriptor in outputs { fragments += splitters[descriptor]?.flush() ?? [] } }
      guard deliver(fragments, observe), report(decisions(isIdle: isDrained), observe) else { return .outputClosed }
      if !session.expectations.isEmpty, tracker.isDecided { return .decided }
      if let end = (isDrained ? endOfChild() : nil) ?? endByLimit() { return end }
    }
  }

  /// Says what the session came to; what is still open is decided now.
  mutating func result(_ end: SessionEnd, observe: (SessionEvent) -> Bool) -> SessionResult {
    for descriptor in outputs where end != .outputClosed {
      _ = deliver(splitters[descriptor]?.finish() ?? [], observe)
    }
    _ = report(tracker.end(because: words(for: end), at: elapsed), observe)
    let missed = tracker.results.compactMap(\.finding)
    return SessionResult(end: end, expectations: tracker.results, findings: [failure(end)].compactMap { $0 } + missed)
  }

  private var elapsed: Duration { ContinuousClock.now - start }

  /// Where the serial lines are read, in their order.
  private var outputs: [Int32] { [child.output] + child.connections }

  private mutating func readOutput(_ descriptor: Int32) -> [ConsoleFragment] {
    switch Polling.read(descriptor) {
    case .bytes(let bytes):
      lastOutput = elapsed
      return splitters[descriptor]?.consume(bytes) ?? []
    case .nothing: return []
    case .ended:
      open.remove(descriptor)
      return splitters[descriptor]?.finish() ?? []
    }
  }

  private mutating func readMessages() {
    switch Polling.read(child.errors) {
    case .bytes(let bytes): messages = (messages + bytes).suffix(SessionLoop.messageLimit)
    case .nothing: break
    case .ended: open.remove(child.errors)
    }
  }

  private mutating func readKeys() {
    switch Polling.read(0) {
    case .bytes(let bytes):
      for (line, bytes) in keyboard.consume(bytes) {
        if line == 0 { child.type(bytes) } else { child.type(bytes, on: line - 1) }
      }
    case .nothing: break
    case .ended: open.remove(0)
    }
  }

  private mutating func decisions(isIdle: Bool) -> [ExpectationResult] {
    (isIdle ? tracker.settle(at: elapsed) : []) + tracker.tick(at: elapsed)
  }

  private mutating func deliver(_ fragments: [ConsoleFragment], _ observe: (SessionEvent) -> Bool) -> Bool {
    for fragment in fragments {
      guard observe(.console(fragment)), report(tracker.consume(fragment, at: elapsed), observe) else { return false }
    }
    return true
  }

  private func report(_ results: [ExpectationResult], _ observe: (SessionEvent) -> Bool) -> Bool {
    results.allSatisfy { observe(.expectation($0)) }
  }

  /// Asked once there is nothing left to read, so that no output of a QEMU that ended is lost.
  private func endOfChild() -> SessionEnd? {
    guard let status = child.status() else { return nil }
    return status == .exited(0) ? .poweredOff : .died(status)
  }

  private func endByLimit() -> SessionEnd? {
    if let time = session.limits.time, elapsed > time { return .timeLimit }
    if let silence = session.limits.silence, elapsed - lastOutput > silence { return .silent }
    return nil
  }

  private func words(for end: SessionEnd) -> String {
    switch end {
    case .decided: "the run was over"
    case .poweredOff: "the machine was switched off before"
    case .died(let status): "QEMU ended \(status) before"
    case .silent: "nothing was printed for \(session.limits.silence?.components.seconds ?? 0) s"
    case .timeLimit: "the run's time limit of \(session.limits.time?.components.seconds ?? 0) s was over before"
    case .interrupted(let signal): "the run was interrupted by signal \(signal)"
    case .outputClosed: "the output was closed before"
    }
  }

  private func failure(_ end: SessionEnd) -> Finding? {
    switch end {
    case .died(let status):
      let said = String(decoding: messages, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
      return Finding(
        EmulatorRules.alive, .error, "QEMU ended \(status)", subjects: [QEMU.program],
        help: said.isEmpty ? "it said nothing about why" : "it said:\n\(said)")
    case .silent:
      return Finding(
        EmulatorRules.audible, .error, "QEMU runs, but \(words(for: end))", subjects: session.names,
        help: "run it with `bulkhead run` and look at which console stops first")
    case .decided, .poweredOff, .timeLimit, .interrupted, .outputClosed: return nil
    }
  }
}
