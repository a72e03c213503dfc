/// Whether a domain runs, in the health page.
public enum HealthState: UInt32, Sendable {
  /// It has not started.
  case waiting = 0
  /// It runs.
  case running = 1
  /// Its run has ended, and not all of its CPUs have left it.
  case stopping = 2
  /// It has stopped for good.
  case halted = 3
  /// It is being started again.
  case restarting = 4
}
