import Synchronization

/// Whether a domain runs, and why it does not.
public struct DomainStatus: ~Copyable, Sendable {
  let status = Atomic<UInt32>(0)
  /// CPUs of the domain that are on, one bit each.
  let live = Atomic<UInt32>(0)

  static var running: UInt32 { 0 }
  static var stopping: UInt32 { 1 }
  static var stopped: UInt32 { 2 }
  static var restarting: UInt32 { 3 }
  static var left: UInt32 { 4 }
  static var failed: UInt32 { 5 }

  /// What it means that a CPU left the domain.
  public enum Departure {
    /// Others are still to leave, or the domain has stopped before.
    case early
    /// It was the last one, and the domain has stopped.
    case stopped
    /// It was the last one, and the domain is to restart.
    case restarts
  }

  /// A domain that may run.
  public init() {}

  /// No CPU of the domain may go on.
  public var mustStop: Bool { status.load(ordering: .acquiring) != Self.running }

  /// It is to restart once all its CPUs have left, and some have not.
  public var awaitsDepartures: Bool { status.load(ordering: .acquiring) == Self.restarting }

  /// All its CPUs have left, so that it can restart.
  public var canRestart: Bool { status.load(ordering: .acquiring) == Self.left }

  /// Begins to stop the domain, for good or to restart it; what is for good prevails while CPUs are leaving.
  ///
  /// - Returns: true for the one caller whose word counts.
  public func stop(toRestart: Bool = false) -> Bool {
    if change(Self.running, to: toRestart ? Self.restarting : Self.stopping) { return true }
    return !toRestart && change(Self.restarting, to: Self.stopping)
  }

  /// A CPU is being turned on. Whoever turns it on says so, so that a domain never looks empty in between.
  public func enter(_ cpu: Int) {
    live.bitwiseOr(1 &<< UInt32(truncatingIfNeeded: cpu), ordering: .acquiringAndReleasing)
  }

  /// A CPU left the domain. Of all CPUs one is the last, after which nobody is left who could turn a CPU on.
  public func leave(_ cpu: Int) -> Departure {
    let left = live.bitwiseAnd(
      ~(1 &<< UInt32(truncatingIfNeeded: cpu)), ordering: .acquiringAndReleasing
    ).newValue
    if left != 0 { return .early }
    if change(Self.restarting, to: Self.left) { return .restarts }
    return status.exchange(Self.stopped, ordering: .acquiringAndReleasing) != Self.stopped ? .stopped : .early
  }

  /// EL2 failed while it restarted the domain.
  ///
  /// - Returns: false if it did something else.
  public func failRestart() -> Bool { change(Self.left, to: Self.failed) }

  /// EL2 failed while it restarted the domain, and nobody has seen to its end.
  public var restartFailed: Bool { status.load(ordering: .acquiring) == Self.failed }

  /// The domain does not restart after all.
  ///
  /// - Returns: true for the one caller that has to see to the end of the domain.
  public func giveUpRestart() -> Bool {
    change(Self.restarting, to: Self.stopped) || change(Self.left, to: Self.stopped)
      || change(Self.failed, to: Self.stopped)
  }

  /// The domain runs again; its first CPU is being turned on.
  public func restart() {
    live.store(1, ordering: .relaxed)
    status.store(Self.running, ordering: .releasing)
  }

  func change(_ old: UInt32, to new: UInt32) -> Bool {
    status.compareExchange(expected: old, desired: new, ordering: .acquiringAndReleasing).exchanged
  }
}
