import Board
import DeviceTree
import Ownership

/// The virtual interrupt controller and the timer.
enum ControllerNodes {
  /// Frames of a GICv3: the distributor (Arm IHI 0069, 12.8) and two for each CPU's redistributor (12.10).
  private static let distributorSize: UInt64 = 64 << 10
  private static let redistributorSize: UInt64 = 128 << 10
  /// Frames of a GICv2 (Arm IHI 0048, 4.1.2 and 4.1.3).
  private static let distributorSizeGICv2: UInt64 = 4 << 10

  /// The controller where the record puts it.
  static func controller(_ node: Node, _ match: TreeMatch, _ record: DomainReading, version: UInt32) -> [TreeFault] {
    let board = match.board.board
    let own = board.interruptController.flatMap { board.tree.node(at: $0.path)?.phandle }
    return NodeForm { form in
      form.set("compatible", version == 3 ? "arm,gic-v3" : "arm,gic-400")
      form.set("reg", numbers: windows(record, version, board))
      form.set(flag: "interrupt-controller")
      form.set("#interrupt-cells", cells: [3])
      form.set("#address-cells", cells: [0])
      if let own {
        form.set(phandle: own)
      } else if let phandle = node.phandle, board.tree.node(phandle: phandle) == nil {
        form.set(phandle: phandle)
      }
    }.faults(of: node)
  }

  private static func windows(_ record: DomainReading, _ version: UInt32, _ board: Board) -> [UInt64] {
    if version == 3 {
      let size = UInt64(record.cpus.count) * redistributorSize
      return [record.distributor, distributorSize, record.redistributor, size]
    }
    let interface = board.interruptController?.cpuInterfacePages
    return [record.distributor, distributorSizeGICv2, interface?.base ?? 0, interface?.size ?? 0]
  }

  /// Where the board's numbers leave a place, the Base System Architecture's (Arm DEN 0094, “PPI assignments”): secure,
  /// non-secure physical, virtual, hypervisor.
  private static let usual: [UInt32] = [29, 30, 27, 26]

  /// Errata of the CPUs' timers, which the board's node names.
  private static let errata = [
    "fsl,erratum-a008585", "hisilicon,erratum-161010101", "allwinner,erratum-unknown1",
  ]

  /// The timer with the board's numbers (kernel binding `arm,arch_timer.yaml`).
  static func timer(_ board: Board) -> NodeForm {
    guard let timer = board.timer else { return NodeForm() }
    let stated = [timer.securePhysical, timer.physical, timer.virtual, timer.hypervisor]
    return NodeForm { form in
      form.set("compatible", "arm,armv8-timer")
      form.set("interrupts", cells: zip(stated, usual).flatMap { InterruptCells.level($0 ?? $1) })
      form.set(flag: "always-on")
      if let frequency = timer.frequency { form.set("clock-frequency", cells: [frequency]) }
      let source = board.tree.node(at: timer.path)
      for name in errata { source?.property(name).map { form.set($0) } }
    }
  }

  /// The performance monitors (kernel binding `arm,pmu.yaml`) of the board's type, with the record's interrupt.
  static func performanceMonitor(_ board: Board, _ record: DomainReading) -> NodeForm {
    NodeForm { form in
      form.set("compatible", strings: board.performanceMonitor?.compatible ?? [])
      form.set("interrupts", cells: InterruptCells.level(record.pmuINTID))
    }
  }

  /// The numbers that the records give the timers EL1 may use have to be the ones that the node names.
  static func timerFaults(_ node: Node, _ match: TreeMatch, _ partition: PartitionReading) -> [TreeFault] {
    let cells = node.property("interrupts")?.cells ?? []
    guard cells.count == 12 else { return [] }
    let pairs = [(1, partition.physicalTimerINTID, "physical"), (2, partition.virtualTimerINTID, "virtual")]
    return pairs.compactMap { place, intid, name in
      if Array(cells[place * 3..<place * 3 + 2]) == Array(InterruptCells.level(intid).prefix(2)) { return nil }
      let words = "names another \(name) timer than interrupt \(intid), which the hypervisor passes on"
      return TreeFault(path: node.path, property: "interrupts", message: words)
    }
  }
}
