import Synchronization

/// What EL2 remembers of the system as a whole: zeroed memory of the image's data section.
public struct SystemState: ~Copyable {
  /// 1 once the first CPU has set up what all of them use.
  public let othersMayStart = Atomic<UInt32>(0)
  /// CPUs that have compared themselves with the image and agree.
  public let arrived = Atomic<UInt32>(0)
  /// 0 while CPUs wait to start their domains, 1 when they may, 2 when the system refuses to start.
  public let verdict = Atomic<UInt32>(0)
  /// Domains that have not stopped.
  public let runningDomains = Atomic<UInt32>(0)
  /// 1 from the moment that a domain with `on-fault: stop-system` failed.
  public let stopping = Atomic<UInt32>(0)
  /// CPUs that have parked since `stopping`.
  public let parked = Atomic<UInt32>(0)

  /// Owner of the real UART: index of a CPU record + 1; 0 for none.
  public let consoleOwner = Atomic<UInt32>(0)
  /// Domains with output to take, one bit each.
  public let readyDomains = Atomic<UInt32>(0)
  /// CPUs with messages to take, one bit each.
  public let readyCPUs = Atomic<UInt64>(0)
  /// What belongs to the UART.
  public var serial = SerialState()

  /// A system that has not started.
  public init() {}
}
