import Synchronization

/// The SGIs and PPIs of one CPU as its domain set them; changed under the domain's lock.
public struct RedistributorState: ~Copyable {
  /// GICR_ISENABLER0.
  public let enabled = Atomic<UInt32>(0)
  /// GICR_IPRIORITYR, four lines a word.
  public let priorities = InlineArray<8, Atomic<UInt32>> { _ in Atomic(0) }
  /// GICR_WAKER.ProcessorSleep was cleared.
  public let awake = Atomic<UInt32>(0)

  /// A CPU without enabled lines, asleep.
  public init() {}
}
