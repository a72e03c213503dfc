import Board
import Diagnostics
import ImageFormat
import Ownership
import Partition

/// What the partition table says of the board, all of it known to be there.
struct HardwareParameters: Sendable {
  /// The GIC.
  let controller: InterruptController
  /// INTID of the maintenance interrupt.
  let maintenanceINTID: UInt32
  /// INTIDs of the timers, and the frequency, if the tree states one.
  let virtualTimer: UInt32
  let physicalTimer: UInt32
  let hypervisorTimer: UInt32
  let frequency: UInt32
  /// How the other CPUs get to EL2.
  let cpuStart: CPUStart
  /// What PS and the size checks rest on.
  let addressSize: PhysicalAddressSize

  /// Collects the parameters, or says what the board lacks.
  init(_ plan: Plan) throws(ImageError) {
    let board = plan.board
    guard let controller = board.interruptController else { throw Self.lacks("an interrupt controller", plan) }
    if controller.version == .two,
      controller.cpuInterfacePages == nil || controller.hypervisorInterface == nil
        || controller.virtualCPUInterfacePages == nil
    {
      throw Self.lacks("both pages of the GICv2's CPU interfaces, and its virtual interface control", plan)
    }
    guard let maintenance = controller.maintenanceINTID ?? board.description.maintenanceINTID else {
      throw Self.lacks("the GIC's maintenance interrupt", plan)
    }
    guard let timer = board.timer, let virtual = timer.virtual, let physical = timer.physical,
      let hypervisor = timer.hypervisor
    else { throw Self.lacks("the virtual, physical and hypervisor timers' interrupts", plan) }
    switch board.firmware {
    case .psciSMC: cpuStart = .psci
    case .spinTable: cpuStart = .spinTable
    case .psciHVC, .none: throw Self.lacks("firmware with PSCI by SMC, or spin tables", plan)
    }
    guard let addressSize = PhysicalAddressSize(available: board.description.physicalAddressBits) else {
      throw Self.lacks("32 physical address bits or more", plan)
    }
    self.controller = controller
    maintenanceINTID = maintenance
    virtualTimer = virtual
    physicalTimer = physical
    hypervisorTimer = hypervisor
    frequency = timer.frequency ?? 0
    self.addressSize = addressSize
  }

  /// Physical address of a CPU's redistributor, 0 on a GICv2: the regions in order hold one for each CPU of the tree, in its order.
  /// The runtime compares GICR_TYPER of each with its CPU's affinity before it uses it.
  func redistributor(of cpu: BoardCPU, in plan: Plan) throws(ImageError) -> UInt64 {
    if controller.version == .two { return 0 }
    var index = UInt64(max(0, cpu.index))
    let stride = max(controller.redistributorStride, 1)
    for region in controller.redistributors {
      let count = (region.last - region.base) / stride + ((region.last - region.base) % stride == stride - 1 ? 1 : 0)
      if index < count { return region.base + index * stride }
      index -= count
    }
    throw Self.lacks("a redistributor for \(cpu.path)", plan)
  }

  /// Kind of EL2's UART.
  func consoleKind(_ plan: Plan) throws(ImageError) -> ConsoleKind {
    guard let console = plan.hypervisor.console else { return .none }
    switch plan.board.device(at: console.path).flatMap({ UARTKind(compatible: $0.compatible) }) {
    case .pl011: return .pl011
    case .cadence: return .cadence
    case .imx: return .imx
    case .miniUART: return .miniUART
    case nil: throw Self.lacks("a UART that EL2 drives at \(console.path): \(UARTKind.names)", plan)
    }
  }

  static func lacks(_ what: String, _ plan: Plan) -> ImageError {
    ImageError(
      Finding(
        ImageRules.hardware, .error,
        "the tree \(plan.board.treeFile) of board \(plan.board.name) does not show \(what)",
        subjects: [plan.board.name], spans: [plan.manifest.board.span],
        help: "choose a board that the runtime can drive: bulkhead boards"))
  }
}
