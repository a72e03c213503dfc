import Ownership

/// What `boards/NAME/board.yaml` says beside the tree.
public struct BoardDescription: Hashable, Sendable {
  /// One line for `bulkhead boards`.
  public let summary: String
  /// File of the board's tree, relative to the project's root (its source in `dts/` or a path in Debian's package).
  public let treeFile: String?
  /// Whether the runtime can drive this board (false for `generic`).
  public let isBootable: Bool
  /// RAM that the boot loader itself uses until the domains start: nothing may be loaded there.
  public let loaderRanges: [AddressRange]
  /// Where the flat hypervisor image has to be loaded relative to (start of RAM on QEMU virt); its arm64 header's
  /// `text_offset` counts from here. `nil` where RAM's 2 MiB-aligned start is meant.
  public let imageBase: UInt64?
  /// Arguments that make QEMU this board, without CPUs' number, memory and payloads; empty where QEMU has no such board.
  public let qemuArguments: [String]
  /// INTID of the GIC's maintenance interrupt, where the tree leaves it out.
  public let maintenanceINTID: UInt32?
  /// Physical address size in bits, where the board is known to have less than 48.
  public let physicalAddressBits: Int
  /// Errata of the board's CPUs that matter at EL2.
  public let errata: [Erratum]

  /// Makes a description; what is left out is what a board has of which nothing but its tree is known.
  public init(
    summary: String, treeFile: String? = nil, isBootable: Bool = false, loaderRanges: [AddressRange] = [],
    imageBase: UInt64? = nil, qemuArguments: [String] = [], maintenanceINTID: UInt32? = nil,
    physicalAddressBits: Int = 48, errata: [Erratum] = []
  ) {
    self.summary = summary
    self.treeFile = treeFile
    self.isBootable = isBootable
    self.loaderRanges = loaderRanges
    self.imageBase = imageBase
    self.qemuArguments = qemuArguments
    self.maintenanceINTID = maintenanceINTID
    self.physicalAddressBits = physicalAddressBits
    self.errata = errata
  }

  /// `board: generic`: nothing but the tree.
  public static let generic = BoardDescription(summary: "any board, by its device tree alone")
}
