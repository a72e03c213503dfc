import Board
import Manifest
import Ownership

/// What the head of the partition table and its CPU records have to say of the board.
struct ExpectedParameters: Sendable {
  /// One number of the head.
  struct Number: Sendable {
    /// What a message calls it.
    let name: String
    /// Where it stands in the decoded table.
    let found: @Sendable (PartitionReading) -> UInt64
    /// What it has to be.
    let expected: UInt64
    /// What says so.
    let source: String
  }

  /// A CPU of the tree.
  struct CPU: Sendable {
    /// The CPU.
    let cpu: BoardCPU
    /// Its redistributor; 0 on a GICv2, and `nil` where the regions have none for it.
    let redistributor: UInt64?
    /// What MIDR_EL1 has to be, and the bits that count; 0 for a type that is not known.
    let midr: UInt32
    let midrMask: UInt32
    /// Where it waits; 0 for the CPU that is running, and where PSCI starts it.
    let releaseAddress: UInt64
  }

  /// The numbers of the head.
  let numbers: [Number]
  /// The CPUs by affinity.
  let cpus: [UInt64: CPU]
  /// Affinity of the CPU that firmware starts: the first of the tree.
  let bootAffinity: UInt64?
  /// EL2's UART.
  let console: ExpectedConsole?
  /// INTIDs that no device of a domain may have, with what they are.
  let ownLines: [UInt32: String]
  /// How a message calls the tree.
  let tree: String

  /// Looks everything up.
  init(_ board: Board, _ manifest: Manifest, _ devices: [KnownDevice]) {
    let console = ExpectedConsole(board, manifest, devices)
    self.console = console
    tree = board.treeFile
    numbers = Self.controller(board) + Self.console(console) + Self.timers(board) + Self.machine(board)
    let all = board.cpus.map { Self.cpu($0, board) }
    cpus = Dictionary(all.map { ($0.cpu.affinity, $0) }, uniquingKeysWith: { first, _ in first })
    bootAffinity = board.cpus.first?.affinity
    var ownLines: [UInt32: String] = [:]
    if let console, console.intid != 0 {
      ownLines[console.intid] = "the interrupt of \(console.path), the hypervisor's UART"
    }
    if let intid = Self.maintenance(board) { ownLines[intid] = "the GIC's maintenance interrupt" }
    if let timer = board.timer {
      for intid in [timer.securePhysical, timer.physical, timer.virtual, timer.hypervisor].compactMap({ $0 }) {
        ownLines[intid] = "a timer interrupt of the CPUs"
      }
    }
    self.ownLines = ownLines
  }

  private static func maintenance(_ board: Board) -> UInt32? {
    board.interruptController?.maintenanceINTID ?? board.description.maintenanceINTID
  }

  private static func controller(_ board: Board) -> [Number] {
    guard let gic = board.interruptController else { return [] }
    let isTwo = gic.version == .two
    func number(_ name: String, _ expected: UInt64, _ found: @escaping @Sendable (PartitionReading) -> UInt64) -> Number
    {
      Number(name: name, found: found, expected: expected, source: gic.path)
    }
    return [
      number("the GIC's version", isTwo ? 2 : 3) { UInt64($0.gicVersion) },
      number("the address of the distributor", gic.distributor.base) { $0.distributor },
      number("the address of GICC", isTwo ? gic.cpuInterfacePages?.base ?? 0 : 0) { $0.cpuInterface },
      number("the address of GICH", isTwo ? gic.hypervisorInterface?.base ?? 0 : 0) { $0.hypervisorInterface },
      number("the INTID of the maintenance interrupt", UInt64(maintenance(board) ?? 0)) { UInt64($0.maintenanceINTID) },
    ]
  }

  private static func console(_ console: ExpectedConsole?) -> [Number] {
    let source = console?.path ?? "a board on which the hypervisor has no UART"
    return [
      Number(
        name: "the kind of the hypervisor's UART", found: { UInt64($0.consoleKind) },
        expected: UInt64(console?.kind ?? 0), source: source),
      Number(
        name: "the address of the hypervisor's UART", found: { $0.consoleBase },
        expected: console?.registers.base ?? 0, source: source),
      Number(
        name: "the INTID of the hypervisor's UART", found: { UInt64($0.consoleINTID) },
        expected: UInt64(console?.intid ?? 0), source: source),
    ]
  }

  private static func timers(_ board: Board) -> [Number] {
    let timer = board.timer
    func number(_ name: String, _ expected: UInt32?, _ found: @escaping @Sendable (PartitionReading) -> UInt32)
      -> Number
    {
      Number(
        name: name, found: { UInt64(found($0)) }, expected: UInt64(expected ?? 0), source: timer?.path ?? board.treeFile
      )
    }
    return [
      number("the INTID of the virtual timer", timer?.virtual) { $0.virtualTimerINTID },
      number("the INTID of the physical timer", timer?.physical) { $0.physicalTimerINTID },
      number("the INTID of the hypervisor's timer", timer?.hypervisor) { $0.hypervisorTimerINTID },
      number("the timer's frequency", timer?.frequency) { $0.timerFrequency },
    ]
  }

  /// Sizes of a physical address that PS of TCR_EL2 and VTCR_EL2 can say with 4 KiB pages and without FEAT_LPA2 (Arm DDI
  /// 0487J.a, D19.2).
  private static let addressSizes = [32, 36, 40, 42, 44, 48]

  private static func machine(_ board: Board) -> [Number] {
    let bits = addressSizes.last { $0 <= board.description.physicalAddressBits } ?? 0
    let start: UInt64 =
      switch board.firmware {
      case .psciSMC: 1
      case .spinTable: 2
      case .psciHVC, .none: 0
      }
    return [
      Number(
        name: "the way in which CPUs are started (1 PSCI by SMC, 2 spin table)", found: { UInt64($0.cpuStart) },
        expected: start, source: board.treeFile),
      Number(
        name: "the number of physical address bits", found: { UInt64($0.physicalAddressBits) },
        expected: UInt64(bits), source: "board.yaml"),
      Number(
        name: "the machine's flags", found: { $0.machineFlags },
        expected: board.description.signalsVirtualInterrupts ? 1 : 0, source: "board.yaml"),
    ]
  }

  /// A CPU as its record has to be. The redistributor regions in their order hold one for each CPU of the tree, in its
  /// order (Arm IHI 0069, 12.10: they stand side by side).
  private static func cpu(_ cpu: BoardCPU, _ board: Board) -> CPU {
    let type = CPUType(compatible: cpu.compatible)
    let waits = board.firmware == .spinTable && cpu.index != board.cpus.first?.index
    return CPU(
      cpu: cpu, redistributor: board.interruptController.flatMap { redistributor(UInt64(max(0, cpu.index)), $0) },
      midr: type?.midr ?? 0, midrMask: type == nil ? 0 : CPUType.midrMask,
      releaseAddress: waits ? cpu.releaseAddress ?? 0 : 0)
  }

  private static func redistributor(_ index: UInt64, _ gic: InterruptController) -> UInt64? {
    guard gic.version == .three else { return 0 }
    guard gic.redistributorStride > 0 else { return nil }
    var left = index
    for region in gic.redistributors {
      let room = region.size / gic.redistributorStride
      if left < room { return region.base + left * gic.redistributorStride }
      left -= room
    }
    return nil
  }
}
