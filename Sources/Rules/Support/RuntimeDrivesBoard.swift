import Board
import Diagnostics
import Partition

/// The board has what the runtime cannot do without.
enum RuntimeDrivesBoard: Rule {
  static let description = RuleDescription(
    "BH-SUP-020", title: "not supported yet: boards without a GIC, timers, or a way to start CPUs",
    requirement:
      "The board shall have a GICv3 with a maintenance interrupt and a redistributor for each CPU in use, or a GICv2 with "
      + "a maintenance interrupt and the virtualization extensions' interfaces for at most 8 CPUs in use; the generic "
      + "timer's virtual, physical and hypervisor interrupts, CPUs that PSCI starts by SMC or that wait in spin tables, "
      + "and 32 physical address bits or more.",
    hazard: "The runtime would start and find nothing to work with.", applicability: SupportGapRules.applicability,
    example: "board: qemu-virt\ndevice-tree: gic-v2.dtb")

  static func check(_ context: RuleContext) -> [Finding] {
    guard context.draft.isForRuntime else { return [] }
    let board = context.draft.board
    return gaps(context.draft).map { what, kind in
      Finding(
        description, .error, "not supported yet: \(what), in \(board.treeFile) of board \(board.name)",
        subjects: [board.name, "hypervisor"], resource: ResourceReference(kind),
        spans: [context.draft.manifest.board.span],
        help: "use a board that `bulkhead boards` lists with its own tree; `board: generic` judges ownership alone")
    }
  }

  private static func gaps(_ draft: Draft) -> [(what: String, kind: ResourceKind)] {
    let board = draft.board
    var gaps: [(what: String, kind: ResourceKind)] = []
    if let controller = board.interruptController {
      gaps += interruptGaps(controller, board, draft.domains)
    }
    if board.timer?.virtual == nil || board.timer?.physical == nil || board.timer?.hypervisor == nil {
      gaps.append(("a tree without the virtual, physical and hypervisor timers' interrupts", .interrupt))
    }
    if let gap = firmwareGap(board.firmware) { gaps.append((gap, .cpu)) }
    let known = board.firmware == .spinTable ? "spin-table" : "psci"
    for cpu in draft.domains.flatMap(\.cpus).map(\.cpu) {
      guard let method = cpu.enableMethod, method != known else { continue }
      gaps.append(("\(cpu.path), which is started by \(Quotation.printable(method)) and not by \(known)", .cpu))
    }
    if board.description.physicalAddressBits < 32 { gaps.append(("fewer than 32 physical address bits", .memory)) }
    return gaps
  }

  private static func interruptGaps(
    _ controller: InterruptController, _ board: Board, _ domains: [DomainDraft]
  ) -> [(what: String, kind: ResourceKind)] {
    var gaps: [(what: String, kind: ResourceKind)] = []
    if controller.maintenanceINTID == nil, board.description.maintenanceINTID == nil {
      gaps.append(("\(controller.path) without a maintenance interrupt", .interruptController))
    }
    if controller.version == .two { return gaps + gicv2Gaps(controller, board, domains) }
    let stride = max(controller.redistributorStride, 1)
    let room = controller.redistributors.reduce(UInt64(0)) { $0 &+ $1.size / stride }
    let highest = domains.flatMap(\.cpus).map(\.cpu.index).max() ?? 0
    if UInt64(max(0, highest)) >= room {
      gaps.append(
        (
          "\(controller.path) with \(room) redistributors, of which CPU \(highest) would have none",
          .interruptController
        ))
    }
    return gaps
  }

  /// A GICv2 takes eight CPUs (Arm IHI 0048, 1.4.2).
  private static func gicv2Gaps(
    _ controller: InterruptController, _ board: Board, _ domains: [DomainDraft]
  ) -> [(what: String, kind: ResourceKind)] {
    var gaps: [(what: String, kind: ResourceKind)] = []
    let windows = [
      ("CPU interface (GICC) of 8 KiB", controller.cpuInterfacePages),
      ("virtual interface control (GICH)", controller.hypervisorInterface),
      ("virtual CPU interface (GICV) of 8 KiB", controller.virtualCPUInterfacePages),
    ]
    for (what, window) in windows where window == nil {
      gaps.append(("\(controller.path), a GICv2 without a \(what) on pages of its own", .interruptController))
    }
    if board.description.signalsVirtualInterrupts {
      gaps.append(
        ("\(controller.path), a GICv2 with `virtual-interrupts: by-software` in board.yaml", .interruptController))
    }
    let count = domains.map(\.cpus.count).reduce(0, +)
    if count > 8 { gaps.append(("\(controller.path), a GICv2, with the \(count) CPUs of all domains", .cpu)) }
    return gaps
  }

  private static func firmwareGap(_ firmware: FirmwareInterface) -> String? {
    switch firmware {
    case .psciSMC, .spinTable: nil
    case .psciHVC(let path): "\(path) with method hvc, a tree made for a guest that has no EL2"
    case .none: "CPUs without a way to start them (neither PSCI nor spin tables)"
    }
  }
}
