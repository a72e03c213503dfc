import ImageFormat

/// Why a domain's run ends.
public enum EndReason {
  /// PSCI SYSTEM_OFF.
  case shutdown
  /// PSCI SYSTEM_RESET or SYSTEM_RESET2.
  case reset
  /// The domain did what nobody may, or EL2 failed on one of its CPUs.
  case fault
  /// Its watchdog expired.
  case watchdog
  /// One of its devices accessed memory that is not the domain's.
  case dma

  /// Something went wrong, which `on-fault` is about.
  public var isFault: Bool { self != .shutdown && self != .reset }

  /// The domain starts anew under this policy: after a fault, and where it asked for it itself.
  public func restarts(under policy: UInt32) -> Bool {
    self != .shutdown && policy == FaultPolicy.restart.rawValue
  }

  /// Every domain stops under this policy.
  public func stopsSystem(under policy: UInt32) -> Bool {
    isFault && policy == FaultPolicy.stopSystem.rawValue
  }
}
