/// What EL2 does about a call that a domain makes by HVC or SMC.
public enum CallOutcome: Equatable {
  /// Returns a value in x0.
  case answer(UInt64)
  /// CPU_SUSPEND: waits for an interrupt, then returns SUCCESS.
  case standby
  /// CPU_OFF.
  case turnOff
  /// SYSTEM_OFF.
  case systemOff
  /// SYSTEM_RESET or SYSTEM_RESET2.
  case systemReset
  /// Asks the firmware, whose answer is the domain's.
  case firmware
}
