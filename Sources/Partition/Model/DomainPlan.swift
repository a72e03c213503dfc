import Board
import Manifest
import Ownership

/// One domain with every address chosen.
public struct DomainPlan: Sendable {
  /// What the manifest says of it.
  public let declaration: DomainDeclaration
  /// Position among the domains, from 0.
  public let index: Int
  /// Its CPUs in the manifest's order: the first one starts. The domain sees them as CPU 0, 1, … (Aff0 counts).
  public let cpus: [BoardCPU]
  /// Its RAM, in the manifest's order.
  public let memory: [MemoryRegion]
  /// Its devices in the manifest's order, children included after their parent.
  public let devices: [DeviceAssignment]
  /// Nodes of reserved memory granted to it.
  public let reservedMemory: [MemoryRegion]
  /// Its virtual console; `nil` for none or where it has a UART of its own.
  public let console: VirtualConsole?
  /// The interrupt controller that it sees.
  public let interruptController: VirtualInterruptController?
  /// What is in its memory when it starts, in load order; its device tree included (with no file).
  public let payloads: [PlacedPayload]
  /// Guest address of its first instruction.
  public let entry: UInt64
  /// Guest address of its device tree (handed over in x0).
  public let treeAddress: UInt64
  /// Size of the slot for its tree, in bytes.
  public let treeSlot: UInt64
  /// The calls to firmware that it may make: those of `smc:`, then those that its devices need, in order of function.
  public let firmwareCalls: [FirmwareCall]
  /// What EL2 emulates for it beside the GIC and the console, in the order of the records.
  public var virtualDevices: [VirtualDevice] = []
  /// How it is restarted; `nil` for a domain that never is.
  public internal(set) var restart: RestartPlan?

  /// The domain's name.
  public var name: String { declaration.name.value }

  /// Whether it was given an optional part of the architecture.
  public func has(_ feature: Feature) -> Bool { declaration.has(feature) }
  /// It takes its interrupts at EL1, and EL2 gets none on its CPUs.
  public var hasDirectInterrupts: Bool { declaration.interrupts.value == .direct }
}

extension DomainPlan {
  /// The plan that a domain's draft comes to; `nil` while anything is missing.
  init?(_ draft: DomainDraft) {
    let memory = draft.memory.compactMap(\.region)
    let payloads = draft.payloads.compactMap(\.placed)
    guard memory.count == draft.declaration.memory.count, draft.cpus.count == draft.declaration.cpus.count,
      payloads.count == draft.payloads.count, let entry = draft.entry,
      let tree = payloads.first(where: { $0.role == .deviceTree }),
      (draft.restart == nil) == (draft.declaration.onFault.value != .restart)
    else { return nil }
    self.init(
      declaration: draft.declaration, index: draft.index, cpus: draft.cpus.map(\.cpu), memory: memory,
      devices: draft.devices.map(\.assignment), reservedMemory: draft.reservedMemory.map(\.region),
      console: draft.console, interruptController: draft.interruptController, payloads: payloads, entry: entry,
      treeAddress: tree.guest.base, treeSlot: tree.guest.size, firmwareCalls: draft.firmwareCalls,
      virtualDevices: draft.virtualDevices, restart: draft.restart)
  }
}
