import Ownership

/// A domain record.
public struct DomainReading: Hashable, Sendable {
  public let name: String
  /// VTTBR_EL2 and VTCR_EL2.
  public let stage2Table: UInt64
  public let stage2Control: UInt64
  /// Guest addresses.
  public let entry: UInt64
  public let treeAddress: UInt64
  /// Physical address of its state.
  public let state: UInt64
  /// Guest addresses of the virtual GIC; `redistributor` 0 on a GICv2.
  public let distributor: UInt64
  public let redistributor: UInt64
  /// Guest address of the virtual PL011's page and its INTID; 0 for none.
  public let consoleBase: UInt64
  public let consoleINTID: UInt32
  public let onFault: UInt32
  public let criticality: UInt32
  public let features: UInt32
  /// Indices of its CPU records.
  public let cpus: Range<Int>
  /// Its regions of RAM, by guest address.
  public let regions: [AddressRange]
  /// Firmware functions that are let through.
  public let calls: [CallReading]
  /// INTIDs of its physical SPIs, ascending, and those of them that are edge triggered.
  public let interrupts: [UInt32]
  public let edgeInterrupts: [UInt32]
  /// Identification registers that differ: bit number and value.
  public let identification: [IdentificationReading]
}
