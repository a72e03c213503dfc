import DeviceTree
import Diagnostics
import Ownership

/// The hardware that a manifest divides, as its device tree and `board.yaml` describe it.
public struct Board: Sendable {
  /// The folder's name under `boards/`, or `generic`.
  public let name: String
  /// What `board.yaml` adds to the tree.
  public let description: BoardDescription
  /// The tree.
  public let tree: DeviceTree
  /// The tree's file as the user named it.
  public let treeFile: String
  /// Children of `/cpus` with `device_type = "cpu"`, in tree order.
  public let cpus: [BoardCPU]
  /// RAM by the tree's memory nodes, in address order.
  public let memory: [MemoryBank]
  /// `/reserved-memory` and `/memreserve/`, in tree order.
  public let reservedMemory: [ReservedMemory]
  /// The GIC; `nil` if the tree has none that Bulkhead knows.
  public let interruptController: InterruptController?
  /// The generic timer's interrupts.
  public let timer: TimerInterrupts?
  /// How CPUs are started.
  public let firmware: FirmwareInterface
  /// Path of the node that `/chosen/stdout-path` names.
  public let standardOutput: String?
  /// Arm's system MMUs, in tree order, disabled ones included. They belong to the hypervisor.
  public let smmus: [SMMU]
  /// Every node with registers on the CPU's address map, interrupts or a DMA stream, in tree order, SMMUs
  /// included; without CPUs, memory, reserved memory, the CPUs' timer, and the interrupt controller with its frames.
  public let devices: [Device]
  /// What is wrong with the tree, as notes; the rules raise those that an assigned node reaches.
  public let faults: [TreeFault]

  /// The CPUs' performance monitors: the first enabled node of them; `nil` if the tree has none.
  public var performanceMonitor: Device? {
    devices.first { device in
      device.isEnabled && device.registers.isEmpty
        && device.compatible.contains { $0 == "arm,armv8-pmuv3" || $0.hasPrefix("arm,") && $0.hasSuffix("-pmu") }
    }
  }

  /// INTID of their interrupt where it is private to each CPU and alone; `nil` where it is not.
  public var performanceMonitorINTID: UInt32? {
    guard let lines = performanceMonitor?.interrupts, lines.count == 1, lines[0].kind == .private else { return nil }
    return lines[0].intid
  }

  private let deviceIndex: [String: Int]
  private let dependencies = DependencyCache()

  /// What every node refers to, read when it is first asked for.
  var dependencyGraph: DependencyGraph { dependencies.graph(of: self) }

  /// The device of this path, or `nil`.
  public func device(at path: String) -> Device? { deviceIndex[path].map { devices[$0] } }

  /// Makes a board from its parts.
  public init(
    name: String, description: BoardDescription, tree: DeviceTree, treeFile: String, cpus: [BoardCPU],
    memory: [MemoryBank], reservedMemory: [ReservedMemory], interruptController: InterruptController?,
    timer: TimerInterrupts?, firmware: FirmwareInterface, standardOutput: String?, smmus: [SMMU], devices: [Device],
    faults: [TreeFault]
  ) {
    self.name = name
    self.description = description
    self.tree = tree
    self.treeFile = treeFile
    self.cpus = cpus
    self.memory = memory
    self.reservedMemory = reservedMemory
    self.interruptController = interruptController
    self.timer = timer
    self.firmware = firmware
    self.standardOutput = standardOutput
    self.smmus = smmus
    self.devices = devices
    self.faults = faults
    self.deviceIndex = Dictionary(
      devices.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
  }
}
