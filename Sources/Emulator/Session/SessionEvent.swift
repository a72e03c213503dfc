/// Something that happened while the emulator runs.
public enum SessionEvent: Sendable {
  /// A piece of a console line.
  case console(ConsoleFragment)
  /// An expectation was decided.
  case expectation(ExpectationResult)
}
