// The EL2 timer of a CPU has two uses, each with a deadline of its own.
extension CPUHandle {
  /// What the timer is for.
  public enum TimerUse {
    /// Output that waits.
    case console
    /// The watchdog of the domain whose first CPU this is.
    case watchdog
  }

  /// Lets the timer expire for one use when the counter reaches a value; nil for never.
  public func setTimer(_ use: TimerUse, _ deadline: UInt64?, _ hardware: some Hardware) {
    switch use {
    case .console: own.consoleDeadline = deadline ?? 0
    case .watchdog: own.watchdogDeadline = deadline ?? 0
    }
    let (first, second) = (own.consoleDeadline, own.watchdogDeadline)
    let next = first == 0 ? second : second == 0 ? first : min(first, second)
    hardware.setTimer(next == 0 ? nil : next)
  }

  /// Whether the deadline of one use has passed.
  public func isDue(_ use: TimerUse, now: UInt64) -> Bool {
    let deadline =
      switch use {
      case .console: own.consoleDeadline
      case .watchdog: own.watchdogDeadline
      }
    return deadline != 0 && deadline <= now
  }
}
