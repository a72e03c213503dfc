/// Why a session ended.
public enum SessionEnd: Hashable, Sendable {
  /// Every expectation was decided, met or not.
  case decided
  /// QEMU ended by itself with status 0: a guest switched the machine off.
  case poweredOff
  /// QEMU failed.
  case died(ExitStatus)
  /// Nothing was printed for as long as the limit allows.
  case silent
  /// The session's time was over.
  case timeLimit
  /// This signal asked Bulkhead to end (Ctrl-C is SIGINT).
  case interrupted(signal: Int32)
  /// Nobody takes the output any more.
  case outputClosed
}
