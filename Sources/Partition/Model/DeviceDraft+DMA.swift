import Board

extension DeviceDraft {
  /// The streams on SMMUs that are enabled.
  public var liveStreams: [DMAStream] { assignment.device.streams.filter(\.isLive) }

  /// Whether the device can start DMA and no live SMMU keeps it inside its domain.
  public var needsUnprotectedDMA: Bool { assignment.device.isDMAMaster && liveStreams.isEmpty }

  /// The streams that the device's DMA can carry: its own, and those of a node above it if it can start DMA at all.
  public var claimedStreams: [DMAStream] {
    assignment.device.streams.filter { assignment.device.isDMAMaster || $0.source == path }
  }
}
