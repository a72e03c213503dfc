import Diagnostics
import Foundation

/// One run of QEMU, from its start to its end, which this ends in every case.
public struct Session: Sendable {
  /// Path of the program.
  public let program: String
  /// Its arguments, complete.
  public let arguments: [String]
  /// Whose output its serial lines carry: the first is the program's standard output and input, the others are
  /// connections at its descriptors 3, 4, …
  public let lines: [ConsoleLabels]
  /// What is waited for; once all of it is decided the session ends. Without any, it goes on until something else
  /// ends it.
  public var expectations: [Expectation] = []
  /// When to give up.
  public var limits = SessionLimits()
  /// Whether what is typed on standard input goes to the guests.
  public var takesInput = false

  /// Describes a run; nothing is started yet.
  public init(program: String, arguments: [String], lines: [ConsoleLabels]) {
    self.program = program
    self.arguments = arguments
    self.lines = lines
  }

  /// Describes a run with one serial line.
  public init(program: String, arguments: [String], labels: ConsoleLabels) {
    self.init(program: program, arguments: arguments, lines: [labels])
  }

  /// The names that lines can be shown under, each once.
  public var names: [String] {
    var names: [String] = []
    for name in lines.flatMap(\.names) where !names.contains(name) { names.append(name) }
    return names
  }

  /// Runs it on the calling thread. SIGINT, SIGQUIT, SIGTERM and SIGHUP end the session, with QEMU gone and the
  /// terminal as it was.
  ///
  /// `observe` sees everything in order as it comes; false from it ends the session.
  public func run(observe: (SessionEvent) -> Bool) throws(EmulatorError) -> SessionResult {
    let signals = SignalWatch()
    let child = try ChildProcess(
      path: program, arguments: arguments, connectionCount: max(0, lines.count - 1))
    var loop = SessionLoop(session: self, child: child)
    let keyboard = takesInput ? KeyboardMode() : nil
    let end = loop.run(signals: signals, observe: observe)
    child.terminate()
    _ = keyboard
    return loop.result(end, observe: observe)
  }
}
