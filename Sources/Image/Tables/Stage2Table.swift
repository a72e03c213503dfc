import Manifest
import Ownership
import Partition

/// What one domain can reach: its RAM, its devices and its channels, and of nothing else a page.
///
/// The virtual GIC and the virtual console stay unmapped, so that every access to them traps; but for the CPU interface of
/// a GICv2, which the hardware has for each CPU's domain.
struct Stage2Table: Sendable {
  /// The tables.
  let table: TranslationTable
  /// VTCR_EL2.
  let control: UInt64
  /// Bits of a guest address.
  var inputBits: Int { table.inputBits }

  /// Maps what the plan gives the domain.
  init(
    _ domain: DomainPlan, channels: [ChannelPlan], addressSize: PhysicalAddressSize
  ) throws(TranslationTableError) {
    try self.init(Self.mappings(of: domain, channels), addressSize)
  }

  /// Maps what the domain's devices may reach by DMA through an SMMU: its RAM and reserved memory that it was granted, at
  /// guest addresses. No channel, because a device would write one past its writer; no registers; no instructions.
  init(dmaOf domain: DomainPlan, addressSize: PhysicalAddressSize) throws(TranslationTableError) {
    let mappings = (domain.memory + domain.reservedMemory).map {
      Mapping(guest: $0.guest, runs: $0.runs, attributes: Stage2Attributes.deviceMemory)
    }
    try self.init(mappings, addressSize)
  }

  private init(_ mappings: [Mapping], _ addressSize: PhysicalAddressSize) throws(TranslationTableError) {
    let highest = mappings.map(\.guest.last).max() ?? 0
    // 32 bits at least: below 31 the walk would have to start at level 2 (Arm DDI 0487J.a, D8.2, VTCR_EL2.SL0).
    let inputBits = max(32, UInt64.bitWidth - highest.leadingZeroBitCount)
    // Up to 43 bits, up to 16 concatenated tables at level 1 do without level 0 (D8.2.2).
    let startLevel = inputBits <= 43 ? 1 : 0
    var table = TranslationTable(startLevel: startLevel, inputBits: min(inputBits, 48))
    for mapping in mappings {
      try table.map(mapping.guest, to: mapping.runs, attributes: mapping.attributes)
    }
    self.table = table
    control = Self.control(inputBits: inputBits, startLevel: startLevel, addressSize: addressSize)
  }

  /// VTTBR_EL2 (D19.2) for tables at an address: VMID in bits 63:48, table address below.
  func base(at address: UInt64, domainIndex: Int) -> UInt64 { UInt64(domainIndex + 1) << 48 | address }

  private struct Mapping {
    let guest: AddressRange
    let runs: [AddressRange]
    let attributes: UInt64
  }

  private static func mappings(of domain: DomainPlan, _ channels: [ChannelPlan]) -> [Mapping] {
    let memory = (domain.memory + domain.reservedMemory).map {
      Mapping(guest: $0.guest, runs: $0.runs, attributes: Stage2Attributes.memory)
    }
    // Two devices of one domain may share a page; it is mapped once.
    let devices = AddressSet(domain.devices.flatMap(\.pages)).runs.map {
      Mapping(guest: $0, runs: [$0], attributes: Stage2Attributes.device)
    }
    let shared = channels.compactMap { channel -> Mapping? in
      guard let attributes = attributes(of: channel.declaration, for: domain.name) else { return nil }
      return Mapping(guest: channel.memory, runs: [channel.memory], attributes: attributes)
    }
    let interface = [domain.interruptController?.cpuInterface].compactMap { $0 }.map {
      Mapping(guest: $0.guest, runs: [$0.physical], attributes: Stage2Attributes.device)
    }
    return memory + devices + shared + interface
  }

  private static func attributes(of channel: ChannelDeclaration, for domain: String) -> UInt64? {
    if channel.writer.value == domain { return Stage2Attributes.channelWriter }
    return channel.readers.contains { $0.value == domain } ? Stage2Attributes.channelReader : nil
  }

  /// VTCR_EL2 (Arm DDI 0487J.a, D19.2): T0SZ in bits 5:0, SL0 in bits 7:6 (1 starts at level 1, 2 at level 0), IRGN0
  /// and ORGN0 (bits 9:8, 11:10) 0b01 write-back, SH0 (bits 13:12) 0b11 Inner Shareable, TG0 (bits 15:14) 0b00 4 KiB,
  /// PS in bits 18:16, VS (bit 19) 0 for 8-bit VMIDs, HA and HD (bits 21, 22) off, bit 31 RES1.
  private static func control(inputBits: Int, startLevel: Int, addressSize: PhysicalAddressSize) -> UInt64 {
    let start = UInt64(2 - startLevel) << 6
    return UInt64(64 - inputBits) | start | 0b01 << 8 | 0b01 << 10 | 0b11 << 12 | addressSize.encoding << 16 | 1 << 31
  }
}
