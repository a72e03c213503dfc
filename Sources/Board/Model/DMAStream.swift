/// One DMA stream of a device.
public struct DMAStream: Hashable, Sendable {
  /// The SMMU's node.
  public let smmu: String
  /// Whether that SMMU is enabled.
  public let isLive: Bool
  /// The stream id on that SMMU.
  public let stream: UInt32
  /// The stream-match mask (bits that do not count); 0 where every bit counts.
  public let mask: UInt32
  /// The node that carries the `iommus` (the device itself or a wrapper).
  public let source: String

  /// Makes a stream.
  public init(
    smmu: String,
    isLive: Bool,
    stream: UInt32,
    mask: UInt32,
    source: String
  ) {
    self.smmu = smmu
    self.isLive = isLive
    self.stream = stream
    self.mask = mask
    self.source = source
  }
}
