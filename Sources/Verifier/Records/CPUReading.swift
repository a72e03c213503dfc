/// A CPU record.
public struct CPUReading: Hashable, Sendable {
  public let affinity: UInt64
  public let stackTop: UInt64
  public let state: UInt64
  public let redistributor: UInt64
  /// Index of its domain; `nil` for a CPU of none.
  public let domain: Int?
  public let virtualIndex: UInt32
  public let midr: UInt32
  public let midrMask: UInt32
  public let releaseAddress: UInt64
}
