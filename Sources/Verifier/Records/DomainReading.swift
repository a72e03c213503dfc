import Ownership

/// A domain record.
public struct DomainReading: Hashable, Sendable {
  /// The domain's name.
  public let name: String
  /// VTTBR_EL2: the root of the stage-2 tables and the VMID.
  public let stage2Table: UInt64
  /// VTCR_EL2.
  public let stage2Control: UInt64
  /// Guest address of the first instruction; in one of `regions`.
  public let entry: UInt64
  /// Guest address of the device tree; in one of `regions`.
  public let treeAddress: UInt64
  /// Physical address of its state.
  public let state: UInt64
  /// Guest address of the virtual distributor.
  public let distributor: UInt64
  /// Guest address of the first virtual redistributor; 0 on a GICv2.
  public let redistributor: UInt64
  /// Guest address of the virtual PL011's page; 0 for none.
  public let consoleBase: UInt64
  /// INTID of the virtual PL011; 0 for none.
  public let consoleINTID: UInt32
  /// 0 the domain stops, 1 the system stops, 2 the domain restarts.
  public let onFault: UInt32
  /// 0 QM, 1 to 4 ASIL A to D.
  public let criticality: UInt32
  /// Bit 0 pointer authentication, bit 1 the performance monitors, bit 2 SVE, bit 3 self-hosted debug.
  public let features: UInt32
  /// Indices of its CPU records.
  public let cpus: Range<Int>
  /// Its regions of RAM in the order of their records, by guest address; whole pages, no two overlap.
  public let regions: [AddressRange]
  /// Firmware functions that are let through.
  public let calls: [CallReading]
  /// INTIDs of its physical SPIs, ascending.
  public let interrupts: [UInt32]
  /// INTIDs of those of them that are edge triggered, ascending.
  public let edgeInterrupts: [UInt32]
  /// Identification registers that differ from the CPU's own, by register.
  public let identification: [IdentificationReading]
  /// INTID of the performance monitors, a PPI; 0 where the domain has none.
  public var pmuINTID: UInt32 = 0
  /// Index of its watchdog among the virtual device records; 0xFFFFFFFF for none.
  public var watchdog: UInt32 = 0xFFFF_FFFF
  /// Bit 0: it takes its interrupts at EL1.
  public var flags: UInt64 = 0
  /// INTIDs of the lines that EL2 makes for it, ascending.
  public var virtualInterrupts: [UInt32] = []
  /// What EL2 emulates for it beside the GIC and the console.
  public var virtualDevices: [VirtualDeviceReading] = []
  /// How it restarts; `nil` for a domain that never does.
  public internal(set) var restart: RestartReading?
  /// How many restarts are allowed within its window; 0 for a domain that never restarts.
  public internal(set) var restartLimit: UInt32 = 0

  /// It takes its interrupts at EL1.
  var hasDirectInterrupts: Bool { flags & 1 != 0 }
}
