import Synchronization

/// Whether a domain runs, and why it does not.
public struct DomainStatus: ~Copyable, Sendable {
  let status = Atomic<UInt32>(0)
  /// CPUs of the domain that are on, one bit each.
  let live = Atomic<UInt32>(0)

  static var running: UInt32 { 0 }
  static var stopping: UInt32 { 1 }
  static var stopped: UInt32 { 2 }

  /// A domain that may run.
  public init() {}

  /// No CPU of the domain may go on.
  public var mustStop: Bool { status.load(ordering: .acquiring) != Self.running }

  /// Begins to stop the domain; true for the one caller that was first.
  public func stop() -> Bool {
    status.compareExchange(expected: Self.running, desired: Self.stopping, ordering: .acquiringAndReleasing).exchanged
  }

  /// A CPU is being turned on. Whoever turns it on says so, so that a domain never looks empty in between.
  public func enter(_ cpu: Int) {
    live.bitwiseOr(1 &<< UInt32(truncatingIfNeeded: cpu), ordering: .acquiringAndReleasing)
  }

  /// A CPU left the domain.
  ///
  /// - Returns: true for exactly one CPU, the last, after which the domain is stopped: nobody is left who could turn a
  ///   CPU on.
  public func leave(_ cpu: Int) -> Bool {
    let left = live.bitwiseAnd(
      ~(1 &<< UInt32(truncatingIfNeeded: cpu)), ordering: .acquiringAndReleasing
    ).newValue
    if left != 0 { return false }
    return status.exchange(Self.stopped, ordering: .acquiringAndReleasing) != Self.stopped
  }
}
