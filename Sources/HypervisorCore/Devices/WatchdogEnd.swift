/// How a watchdog ends a domain's run.
public enum WatchdogEnd: Equatable, Sendable {
  /// The domain did not start it in time.
  case neverStarted
  /// The domain did not refresh it in time.
  case notRefreshed
}
