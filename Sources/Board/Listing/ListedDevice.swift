/// One device in a listing.
public struct ListedDevice: Sendable {
  /// The device.
  public let device: Device
  /// Why no domain can have it; empty if one can.
  public let obstacles: [DeviceObstacle]
  /// Conflicts of the device, or of one below it, with enabled devices elsewhere, which have to go to the same domain, or
  /// be listed under `disabled`; in tree order.
  public let companions: [DeviceConflict]

  /// Whether a domain can be given the device, with its companions if it has any.
  public var isAssignable: Bool { obstacles.isEmpty }

  /// Paths of the providers that the device shares with others, or is to others: as soon as those belong to another domain,
  /// they need a policy.
  public let sharedProviders: [String]

  /// Whether the device, or an enabled one below it, starts DMA and no live SMMU holds it, so that a manifest has to say
  /// `dma: unprotected`.
  public let isUnprotectedMaster: Bool

  /// Why whoever has the device can stop the whole board; `nil` if the tree shows no way.
  public let stopReason: StopReason?
}

extension Device {
  /// Whether it starts DMA and no live SMMU holds it.
  var isUnprotectedMaster: Bool { isDMAMaster && !streams.contains(where: \.isLive) }
}
