/// What EL2 remembers of an SMMU, in memory that the compiler reserves and the loader zeroes.
public struct SMMUState: ~Copyable {
  /// Guards the command queue and the entries. Held for a bounded time, by a CPU that ends or starts a domain.
  public let lock = TicketLock()
  /// The last event; of the CPU that takes the SMMU's interrupts, as all that follows.
  public var last = SMMUEvent(0, 0, 0)
  /// Faults by domain record; of nobody's streams behind them.
  public var tallies = InlineArray<65, FaultTally>(repeating: FaultTally())
  /// Global errors.
  public var errors: UInt32 = 0

  /// An SMMU that has not started.
  public init() {}
}
