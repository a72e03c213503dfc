import Diagnostics
import Foundation

/// One run of QEMU, from its start to its end, which this ends in every case.
public struct Session: Sendable {
  /// Path of the program.
  public let program: String
  /// Its arguments, complete.
  public let arguments: [String]
  /// Whose output its serial line carries.
  public let labels: ConsoleLabels
  /// What is waited for; once all of it is decided the session ends. Without any, it goes on until something else
  /// ends it.
  public var expectations: [Expectation] = []
  /// When to give up.
  public var limits = SessionLimits()
  /// Whether what is typed on standard input goes to the guests.
  public var takesInput = false

  /// Describes a run; nothing is started yet.
  public init(program: String, arguments: [String], labels: ConsoleLabels) {
    self.program = program
    self.arguments = arguments
    self.labels = labels
  }

  /// Runs it on the calling thread. SIGINT, SIGQUIT, SIGTERM and SIGHUP end the session, with QEMU gone and the
  /// terminal as it was.
  ///
  /// `observe` sees everything in order as it comes; false from it ends the session.
  public func run(observe: (SessionEvent) -> Bool) throws(EmulatorError) -> SessionResult {
    let signals = SignalWatch()
    let child = try ChildProcess(path: program, arguments: arguments)
    var loop = SessionLoop(session: self, child: child)
    let keyboard = takesInput ? KeyboardMode() : nil
    let end = loop.run(signals: signals, observe: observe)
    child.terminate()
    _ = keyboard
    return loop.result(end, observe: observe)
  }
}
