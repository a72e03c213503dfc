import Board
import Manifest
import Ownership

/// Who owns what: the manifest and the board made one, every address chosen.
///
/// The same manifest, tree and payloads give the same plan on any machine.
public struct Plan: Sendable {
  /// The manifest it was made from.
  public let manifest: Manifest
  /// The board it was made for.
  public let board: Board
  /// EL2's share.
  public let hypervisor: HypervisorPlan
  /// The domains in the manifest's order.
  public let domains: [DomainPlan]
  /// The channels in the manifest's order.
  public let channels: [ChannelPlan]
  /// RAM that counts: the tree's or the manifest's banks, before anything is taken out.
  public let ram: [AddressRange]
}
