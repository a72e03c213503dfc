import Board
import DeviceTree
import Partition

/// The GIC, the timer and the performance monitors.
enum InterruptNodes {
  /// Properties of the board's timer node that are true for the domain as well: errata of the CPUs' timers.
  private static let copiedOfTimer = [
    "fsl,erratum-a008585", "hisilicon,erratum-161010101", "allwinner,erratum-unknown1",
  ]

  /// The nodes; the performance monitors only for a domain that was given them.
  static func nodes(_ domain: DomainPlan, _ board: Board, gic: UInt32) -> [TreeNode] {
    [
      domain.interruptController.map { controller($0, gic: gic) }, board.timer.map { timer($0, board) },
      domain.has(.pmu) ? performanceMonitor(board) : nil,
    ].compactMap { $0 }
  }

  /// The performance monitors of each CPU, with a private interrupt (kernel binding `arm,pmu.yaml`).
  private static func performanceMonitor(_ board: Board) -> TreeNode? {
    guard let monitor = board.performanceMonitor, let intid = board.performanceMonitorINTID else { return nil }
    var node = TreeNode("pmu")
    node.set("compatible", strings: monitor.compatible)
    node.set("interrupts", cells: GICInterrupt(intid: intid, flags: GICInterrupt.levelHigh).cells)
    return node
  }

  /// A GICv3 without an ITS (kernel binding `arm,gic-v3.yaml`), or a GICv2 with a CPU interface of 8 KiB, which needs no
  /// alias, and without the parts that are the hypervisor's (`arm,gic.yaml`).
  private static func controller(_ controller: VirtualInterruptController, gic: UInt32) -> TreeNode {
    var node = TreeNode("interrupt-controller@\(String(controller.distributor.base, radix: 16))")
    node.set("compatible", controller.version == .three ? "arm,gic-v3" : "arm,gic-400")
    node.set("reg", numbers: controller.windows.flatMap { [$0.base, $0.size] })
    node.set(flag: "interrupt-controller")
    node.set("#interrupt-cells", cells: [3])
    node.set("#address-cells", cells: [0])
    node.set(phandle: gic)
    return node
  }

  /// The generic timer (kernel binding `arm,arch_timer.yaml`): secure, non-secure, virtual, hypervisor, in this order.
  /// The domain drives the middle two. Where the board names no number for the outer two, the ones that the Base System
  /// Architecture gives them (Arm DEN 0094, “PPI assignments”) keep their places.
  private static func timer(_ timer: TimerInterrupts, _ board: Board) -> TreeNode {
    var node = TreeNode("timer")
    node.set("compatible", "arm,armv8-timer")
    let intids = [timer.securePhysical ?? 29, timer.physical ?? 30, timer.virtual ?? 27, timer.hypervisor ?? 26]
    node.set("interrupts", cells: intids.flatMap { GICInterrupt(intid: $0, flags: GICInterrupt.levelHigh).cells })
    node.set(flag: "always-on")
    if let frequency = timer.frequency { node.set("clock-frequency", cells: [frequency]) }
    let source = board.tree.node(at: timer.path)
    for name in copiedOfTimer { source?.property(name).map { node.set($0) } }
    return node
  }
}
