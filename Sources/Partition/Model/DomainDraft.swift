import Manifest
import Ownership

/// A domain as far as it could be planned. What is missing has a finding that says why.
public struct DomainDraft: Sendable {
  /// What the manifest says of it.
  public let declaration: DomainDeclaration
  /// Position among the domains, from 0.
  public let index: Int
  /// Its CPUs in the manifest's order, without those that the board does not have.
  public let cpus: [CPUDraft]
  /// Its RAM, one entry for each of the manifest's.
  public let memory: [RegionDraft]
  /// Its devices in the manifest's order, children included after their parent.
  public let devices: [DeviceDraft]
  /// Reserved memory granted to it.
  public let reservedMemory: [GrantedMemory]
  /// Its virtual console.
  public let console: VirtualConsole?
  /// The interrupt controller that it sees.
  public let interruptController: VirtualInterruptController?
  /// What was placed into its memory.
  public let payloads: [PayloadDraft]
  /// Guest address of its first instruction, and where the manifest gives it.
  public let entry: UInt64?
  /// The calls to firmware that it may make: those of `smc:`, then those that its devices need, in order of function.
  public let firmwareCalls: [FirmwareCall]
  /// What EL2 emulates for it beside the GIC and the console, in the order of the records.
  public var virtualDevices: [VirtualDevice] = []
  /// How it is restarted; `nil` for a domain that never is, and where its pristine copy has no room.
  public internal(set) var restart: RestartPlan?

  /// The domain's name.
  public var name: String { declaration.name.value }
  /// The domain as a finding's subject names it.
  public var subject: String { "domains.\(name)" }
}
