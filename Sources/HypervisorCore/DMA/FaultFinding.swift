/// What a DMA fault came to.
public struct FaultFinding: Equatable {
  /// Whose stream it is, by index; nil for nobody's.
  public let domain: UInt32?
  /// Faults of that domain since the start, this one included.
  public let count: UInt32
  /// It does not continue the one before it.
  public let isNew: Bool
  /// It is one more than is tolerated within a second.
  public let isFlood: Bool
}
