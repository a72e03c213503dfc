import Board
import Manifest
import Ownership

/// The plan as far as it goes: what the rules judge, so that one missing file does not hide every other mistake.
public struct Draft: Sendable {
  /// The manifest.
  public let manifest: Manifest
  /// The board.
  public let board: Board
  /// RAM banks: the tree's or the manifest's, as they stand there.
  public let ram: [AddressRange]
  /// Nodes that nobody may use (`disabled:`), by path.
  public let disabled: Set<String>
  /// EL2's memory; `nil` if there was no room.
  public let hypervisorMemory: AddressRange?
  /// The pages of EL2's memory where it has colours.
  public let hypervisorStripes: Stripes?
  /// EL2's UART.
  public let hypervisorConsole: HypervisorConsole?
  /// Device windows of EL2, whole pages, in address order.
  public let hypervisorDevices: [AddressRange]
  /// The domains in the manifest's order.
  public let domains: [DomainDraft]
  /// The channels that were placed, in the manifest's order.
  public let channels: [ChannelPlan]
  /// Who has which cache colours; `nil` where the manifest gives none, or none that hold together.
  public let colouring: Colouring?
  /// Hardware that the domains' devices depend on.
  let providerTable: ProviderTable

  /// Whether the images of this manifest are for Bulkhead's own runtime on a board that it can drive: only then do the
  /// runtime's limits and missing parts count. `board: generic` judges ownership alone.
  public var isForRuntime: Bool { manifest.backend.value == .bulkhead && board.description.isBootable }
}
