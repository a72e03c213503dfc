/// DMA faults of one domain, or of streams that are nobody's.
public struct FaultTally {
  /// Faults that are tolerated within a second. One more is a flood: its DMA is stopped.
  public static var tolerated: UInt32 { 256 }
  /// Faults that are reported one by one; all are counted.
  public static var reported: UInt32 { 16 }

  /// Faults since the start; what continues the fault before it counts as one with that.
  public private(set) var count: UInt32 = 0
  /// Its streams were stopped; what the queue still has of them is of no interest.
  public var isStopped = false
  private var eventsInSecond: UInt32 = 0
  private var secondBegan: UInt64 = 0

  /// No fault.
  public init() {}

  /// Counts a fault at a time; true if it makes a flood.
  ///
  /// - Parameter isNew: it does not continue the one before it.
  public mutating func add(isNew: Bool, at now: UInt64, ticksPerSecond: UInt64) -> Bool {
    if isNew { count &+= 1 }
    if now &- secondBegan >= ticksPerSecond {
      secondBegan = now
      eventsInSecond = 0
    }
    eventsInSecond &+= 1
    return eventsInSecond > Self.tolerated
  }

  /// The domain starts again.
  public mutating func begin() {
    isStopped = false
    eventsInSecond = 0
  }
}
