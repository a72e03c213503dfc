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
  /// What planning found out on the way here, for the rules.
  public let draft: Draft
  /// The SMMUs that EL2 programs, in the tree's order.
  public var smmus: [SMMUPlan] { draft.smmus }
}

extension Plan {
  /// The health page; `nil` where no domain may read it.
  public var healthPage: AddressRange? { channels.first { $0.declaration.isHealthPage }?.memory }

  /// The plan that a draft comes to; `nil` while anything is missing.
  init?(_ draft: Draft) {
    guard let memory = draft.hypervisorMemory, draft.channels.count == draft.manifest.channels.count else { return nil }
    var domains: [DomainPlan] = []
    for domain in draft.domains {
      guard let plan = DomainPlan(domain) else { return nil }
      domains.append(plan)
    }
    self.init(
      manifest: draft.manifest, board: draft.board,
      hypervisor: HypervisorPlan(
        memory: memory, stripes: draft.hypervisorStripes, console: draft.hypervisorConsole,
        devices: draft.hypervisorDevices),
      domains: domains, channels: draft.channels, ram: draft.ram, draft: draft)
  }
}
