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
  /// Every node with registers on the CPU's address map, interrupts or a DMA stream, in tree order; without CPUs,
  /// memory, reserved memory and the interrupt controller with its frames.
  public let devices: [Device]
  /// What is wrong with the tree, as notes; the rules raise those that an assigned node reaches.
  public let faults: [TreeFault]
}
