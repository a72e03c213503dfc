import ImageFormat

// The event queue and global errors.
extension SMMUHandle {
  /// Events that one interrupt looks at.
  public static var eventsPerInterrupt: Int { 8 }

  /// Takes events from the queue.
  ///
  /// - Returns: true if there are more.
  public func takeEvents(_ take: (SMMUEvent) -> Void) -> Bool {
    let mask = UInt32(2) << UInt32(SMMUMemory.eventBits) - 1
    let producer = load(SMMURegister.eventProducer)
    var consumer = load(SMMURegister.eventConsumer) & mask
    for _ in 0..<Self.eventsPerInterrupt where consumer != producer & mask {
      let place = record.memory + SMMUMemory.events + UInt64(consumer & mask >> 1) * 32
      take(SMMUEvent(hardware.load64(place), hardware.load64(place + 8), hardware.load64(place + 16)))
      consumer = (consumer + 1) & mask
    }
    // OVACKFLG (31) follows OVFLG: that events were lost is known (Arm IHI 0070F.b, 7.4).
    store(SMMURegister.eventConsumer, consumer | producer & 1 << 31)
    return consumer != producer & mask
  }

  /// Looks at an event, and counts it for whoever has the stream.
  ///
  /// - Returns: whose it is (nil for nobody), how many faults that makes, and whether it is to be reported or is one too many; nil for one that is
  ///   of no interest.
  public func count(_ event: SMMUEvent, ticksPerSecond: UInt64) -> FaultFinding? {
    let owner = domain(of: event.stream)
    let place = Int(owner ?? 64)
    if state.tallies[place].isStopped { return nil }
    let isNew = !event.continues(state.last)
    state.last = event
    let isFlood = state.tallies[place].add(isNew: isNew, at: hardware.counter, ticksPerSecond: ticksPerSecond)
    if isFlood { state.tallies[place].isStopped = true }
    return FaultFinding(domain: owner, count: state.tallies[place].count, isNew: isNew, isFlood: isFlood)
  }

  /// Global errors that are new, as the bits of SMMU_GERROR (6.3.18), and acknowledged with this.
  public func takeErrors() -> UInt32 {
    let errors = load(SMMURegister.globalError)
    let new = errors ^ load(SMMURegister.globalErrorAcknowledge)
    if new != 0 { store(SMMURegister.globalErrorAcknowledge, errors) }
    return new
  }

  /// No interrupt comes any more.
  public func silence() { _ = set(SMMURegister.interruptControl, 0) }
}
