import Synchronization

/// A fair lock between the CPUs of one domain. EL2 runs with interrupts masked, so whoever holds it lets it go after a
/// bounded number of instructions, and each waits for at most all the others.
public struct TicketLock: ~Copyable, Sendable {
  let next = Atomic<UInt32>(0)
  let serving = Atomic<UInt32>(0)

  /// A free lock.
  public init() {}

  /// Frees a lock that nobody holds or waits for, or whose holder gave up.
  public func reset() { serving.store(next.load(ordering: .relaxed), ordering: .relaxed) }

  /// Runs `body` alone.
  ///
  /// - Parameter abandoned: true once whoever holds the lock may never give it back, because EL2 failed there and the
  ///   domain is being stopped. Nobody waits then, and `body` does not run.
  public func alone(unless abandoned: () -> Bool, _ body: () -> Void) {
    let ticket = next.wrappingAdd(1, ordering: .relaxed).oldValue
    while serving.load(ordering: .acquiring) != ticket {
      if abandoned() { return }
    }
    body()
    serving.store(ticket &+ 1, ordering: .releasing)
  }
}
