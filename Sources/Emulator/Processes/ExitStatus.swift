/// How a process ended.
public enum ExitStatus: Hashable, Sendable, CustomStringConvertible {
  /// By itself, with this status.
  case exited(Int32)
  /// By this signal.
  case signalled(Int32)

  /// Decodes what `waitpid` stores (the macros WIFEXITED and WTERMSIG are not visible from Swift).
  init(waitStatus: Int32) {
    let signal = waitStatus & 0x7F
    self = signal == 0 ? .exited(waitStatus >> 8 & 0xFF) : .signalled(signal)
  }

  /// “with status 1”, “by signal 9”.
  public var description: String {
    switch self {
    case .exited(let status): "with status \(status)"
    case .signalled(let signal): "by signal \(signal)"
    }
  }
}
