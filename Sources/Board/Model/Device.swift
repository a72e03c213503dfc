import DeviceTree
import Ownership

/// A node of the tree that could be given to a domain.
public struct Device: Hashable, Sendable {
  /// The node's path.
  public let path: String
  /// `compatible`, most specific first.
  public let compatible: [String]
  /// Whether the node and every ancestor are okay.
  public let isEnabled: Bool
  /// Registers by CPU physical address, in the order of `reg`.
  public let registers: [AddressRange]
  /// PCI hosts: the memory and I/O windows that their `ranges` open on the CPUs' address map. They go with the host.
  public let pciWindows: [AddressRange]
  /// Interrupts that end at the GIC, in the order of the tree; of a PCI host then the lines of its slots (INTA to INTD) by
  /// `interrupt-map`, whose `via` starts with the host itself.
  public let interrupts: [ResolvedInterrupt]
  /// Interrupts whose way to the GIC the tree does not tell, or that are malformed.
  public let unresolvedInterrupts: [InterruptEntry]
  /// DMA streams: which SMMU and which stream, its own or, of a DMA master without any, those of a wrapper above it. A range of ids, as a PCI host's
  /// `iommu-map` gives it, is one stream for each aligned block, with the block's bits in the mask.
  public let streams: [DMAStream]
  /// Whether the device may start DMA: true unless its `compatible` is in the table of devices known not to, or it has
  /// neither registers on the CPUs' address map nor a stream.
  public let isDMAMaster: Bool
  /// Where its DMA comes out by the `dma-ranges` above it; empty where a DMA address is a CPU address. What no window holds,
  /// it does not reach.
  public let dmaWindows: [DMAWindow]

  /// Makes a device.
  public init(
    path: String, compatible: [String], isEnabled: Bool, registers: [AddressRange], pciWindows: [AddressRange] = [],
    interrupts: [ResolvedInterrupt], unresolvedInterrupts: [InterruptEntry] = [], streams: [DMAStream],
    isDMAMaster: Bool, dmaWindows: [DMAWindow] = []
  ) {
    self.path = path
    self.compatible = compatible
    self.isEnabled = isEnabled
    self.registers = registers
    self.pciWindows = pciWindows
    self.interrupts = interrupts
    self.unresolvedInterrupts = unresolvedInterrupts
    self.streams = streams
    self.isDMAMaster = isDMAMaster
    self.dmaWindows = dmaWindows
  }
}
