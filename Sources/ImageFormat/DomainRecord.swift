/// One domain.
public struct DomainRecord {
  /// The name in ASCII, padded with zeros; at least one zero ends it.
  public var name: InlineArray<32, UInt8>
  /// VTTBR_EL2: physical address of the stage-2 table and the VMID (index + 1) in bits 63:48.
  public var stage2Table: UInt64
  /// VTCR_EL2 (Arm DDI 0487, D19.2).
  public var stage2Control: UInt64
  /// Guest address of the first instruction.
  public var entry: UInt64
  /// Guest address of the device tree, handed over in x0.
  public var treeAddress: UInt64
  /// Physical address of its state, `RuntimeHeader.domainStateSize` bytes.
  public var state: UInt64
  /// Guest address of the virtual distributor.
  public var distributor: UInt64
  /// Guest address of the first virtual redistributor; 128 KiB for each CPU in order.
  public var redistributor: UInt64
  /// Guest address of the virtual PL011's page; 0 for none.
  public var consoleBase: UInt64
  /// INTID of the virtual PL011.
  public var consoleINTID: UInt32
  /// `FaultPolicy` raw value.
  public var onFault: UInt32
  /// 0 for QM, 1 to 4 for ASIL A to D.
  public var criticality: UInt32
  /// `DomainFeatures` raw value.
  public var features: UInt32
  /// First CPU record; a domain's records stand together in its own CPU order.
  public var firstCPU: UInt32
  /// How many CPUs.
  public var cpuCount: UInt32
  /// First region record.
  public var firstRegion: UInt32
  /// How many regions of RAM: where an entry point may lie.
  public var regionCount: UInt32
  /// First call range.
  public var firstCallRange: UInt32
  /// How many SMCCC call ranges may go to firmware.
  public var callRangeCount: UInt32
  /// Physical SPIs that it owns: INTID n is bit n % 32 of word n / 32; words 0 stays 0.
  public var interrupts: InlineArray<32, UInt32>
  /// Those of them that are edge triggered.
  public var edgeInterrupts: InlineArray<32, UInt32>
  /// Identification registers that the domain sees as if its CPUs had another value: bit CRm * 8 + op2 of
  /// S3_0_C0_C<CRm>_<op2>. Used where the domain's CPUs differ; at most 16 bits are set.
  public var identificationMask: UInt64
  /// Their values, in the order of those bits from the lowest.
  public var identification: InlineArray<16, UInt64>
  /// INTID of its CPUs' performance monitors, a PPI; 0 where it was not given them.
  public var pmuINTID: UInt32
  /// Index of its watchdog among the virtual device records; `DomainRecord.noWatchdog` for none.
  public var watchdog: UInt32
  /// `DomainFlags` raw value.
  public var flags: UInt64
  /// The word of INTIDs, 32 × n to 32 × n + 31, that the lines are in which EL2 makes for it; 0 for none.
  public var virtualWord: UInt32
  /// Those lines, the console's and those of its virtual devices, a bit each. None is in `interrupts`.
  public var virtualInterrupts: UInt32
  /// First virtual device record.
  public var firstVirtualDevice: UInt32
  /// How many virtual devices.
  public var virtualDeviceCount: UInt32
  /// Restart record; `RestartRecord.none` for a domain that is never restarted.
  public var restart: UInt32
  /// How many restarts are allowed within the record's window, at most `Limits.restarts`; 0 without a record.
  public var restartLimit: UInt32

  /// `watchdog` of a domain without one.
  public static var noWatchdog: UInt32 { 0xFFFF_FFFF }
}
