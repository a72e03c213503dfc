/// A domain's watchdog in the health page.
public enum HealthWatchdog: UInt32, Sendable {
  /// It has none.
  case none = 0
  /// The domain has not started it in this run; the time for that is running.
  case waiting = 1
  /// It is refreshed in time.
  case refreshed = 2
  /// Half of its period has passed without a refresh.
  case warned = 3
  /// It has ended the run.
  case expired = 4
}
