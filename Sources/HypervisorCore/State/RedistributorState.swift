import Synchronization

/// The SGIs and PPIs of one CPU as its domain set them; changed under the domain's lock.
public struct RedistributorState: ~Copyable {
  /// GICR_ISENABLER0; on a GICv2 the CPU's own GICD_ISENABLER0.
  public let enabled = Atomic<UInt32>(0)
  /// GICR_IPRIORITYR, four lines a word.
  public let priorities = InlineArray<8, Atomic<UInt32>> { _ in Atomic(0) }
  /// GICv2: GICD_SPENDSGIR, the senders of each SGI that are not in a list register, eight bits a line and four lines a
  /// word.
  public let senders = InlineArray<4, Atomic<UInt32>> { _ in Atomic(0) }
  /// GICR_WAKER.ProcessorSleep was cleared.
  public let awake = Atomic<UInt32>(0)

  /// A CPU without enabled lines, asleep.
  public init() {}

  /// Becomes that again.
  public func reset() {
    enabled.store(0, ordering: .relaxed)
    for index in priorities.indices { priorities[index].store(0, ordering: .relaxed) }
    for index in senders.indices { senders[index].store(0, ordering: .relaxed) }
    awake.store(0, ordering: .relaxed)
  }
}
