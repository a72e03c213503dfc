import Ownership

/// What `boards/NAME/board.yaml` says beside the tree.
public struct BoardDescription: Hashable, Sendable {
  /// One line for `bulkhead boards`.
  public let summary: String
  /// Where the board's tree comes from; `nil` for `generic`, whose tree is the manifest's.
  public let treeSource: TreeSource?
  /// Nodes of that tree that count as enabled although the tree says otherwise.
  public let enabledNodes: [EnabledNode]
  /// Whether the runtime can drive this board (false for `generic`).
  public let isBootable: Bool
  /// What runs above the hypervisor; `nil` where nothing is said.
  public let firmware: FirmwareDescription?
  /// RAM that the boot loader itself uses until the domains start: nothing may be loaded there.
  public let loaderRanges: [AddressRange]
  /// Where the flat hypervisor image has to be loaded relative to (start of RAM on QEMU virt); its arm64 header's
  /// `text_offset` counts from here. `nil` where RAM's 2 MiB-aligned start is meant.
  public let imageBase: UInt64?
  /// How QEMU is told to be this board; `nil` where QEMU has no such board.
  public let emulator: EmulatorDescription?
  /// The U-Boot that starts the board.
  public let uBoot: UBootDescription
  /// INTID of the GIC's maintenance interrupt, where the tree leaves it out.
  public let maintenanceINTID: UInt32?
  /// Whether the GIC does not tell the CPUs of virtual interrupts, so that EL2 has to do it by HCR_EL2.VI.
  public let signalsVirtualInterrupts: Bool
  /// Physical address size in bits, where the board is known to have less than 48.
  public let physicalAddressBits: Int
  /// What the board's CPUs have and lack, by type.
  public let cpuStatements: [CPUStatement]
  /// Errata of the board's CPUs that matter at EL2.
  public let errata: [Erratum]
  /// The last cache that the CPUs share; `nil` where the tree is to say it.
  public let lastLevelCache: LastLevelCacheDescription?
  /// How devices are reset when their domain starts anew.
  public let deviceResets: [DeviceReset]

  /// Makes a description; what is left out is what a board has of which nothing but its tree is known.
  public init(
    summary: String, treeSource: TreeSource? = nil, enabledNodes: [EnabledNode] = [], isBootable: Bool = false,
    firmware: FirmwareDescription? = nil, loaderRanges: [AddressRange] = [], imageBase: UInt64? = nil,
    emulator: EmulatorDescription? = nil, uBoot: UBootDescription = .unknown, maintenanceINTID: UInt32? = nil,
    signalsVirtualInterrupts: Bool = false, physicalAddressBits: Int = 48, cpuStatements: [CPUStatement] = [],
    errata: [Erratum] = [], lastLevelCache: LastLevelCacheDescription? = nil, deviceResets: [DeviceReset] = []
  ) {
    self.summary = summary
    self.treeSource = treeSource
    self.enabledNodes = enabledNodes
    self.isBootable = isBootable
    self.firmware = firmware
    self.loaderRanges = loaderRanges
    self.imageBase = imageBase
    self.emulator = emulator
    self.uBoot = uBoot
    self.maintenanceINTID = maintenanceINTID
    self.signalsVirtualInterrupts = signalsVirtualInterrupts
    self.physicalAddressBits = physicalAddressBits
    self.cpuStatements = cpuStatements
    self.errata = errata
    self.lastLevelCache = lastLevelCache
    self.deviceResets = deviceResets
  }

  /// Arguments that make QEMU this board, without CPUs' number, memory and payloads; empty where QEMU has no such board.
  public var qemuArguments: [String] { emulator?.arguments ?? [] }

  /// `board: generic`: nothing but the tree.
  public static let generic = BoardDescription(summary: "any board, by its device tree alone")
}
