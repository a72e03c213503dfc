import Testing

@testable import Verifier

/// A change of a number of 32 bits and what the refusal has to say.
struct RecordEdit: Sendable, CustomTestStringConvertible {
  let words: String
  let offset: Int
  let value: UInt32
  var testDescription: String { "\(words) at \(offset)" }

  init(_ words: String, _ offset: Int, _ value: UInt32) {
    self.words = words
    self.offset = offset
    self.value = value
  }
}

@Suite("Records that were edited are refused, and the place is named")
struct EditedRecordTests {
  private static let cpu = PartitionOffsets.Head.total
  /// The demonstration has four CPU records.
  private static let domain = cpu + 4 * PartitionOffsets.CPU.total
  private static let region = domain + 2 * PartitionOffsets.Domain.total

  private static let tableEdits: [RecordEdit] = [
    RecordEdit("does not start with BULKHEAD", PartitionOffsets.Head.magic, 0),
    RecordEdit("is of version", PartitionOffsets.Head.version, 2),
    RecordEdit("says that it has", PartitionOffsets.Head.size, 4096),
    RecordEdit("CPU records", PartitionOffsets.Head.cpuCount, 65),
    RecordEdit("domain records", PartitionOffsets.Head.domainCount, 0),
    RecordEdit("region records", PartitionOffsets.Head.regionCount, 0xFFFF_FFFF),
    RecordEdit("has records at", PartitionOffsets.Head.domainsOffset, 8),
    RecordEdit("GIC version", PartitionOffsets.Head.gicVersion, 4),
    RecordEdit("GICC and GICH", PartitionOffsets.Head.cpuInterface, 0x1000),
    RecordEdit("no PPI", PartitionOffsets.Head.maintenanceINTID, 32),
    RecordEdit("two purposes", PartitionOffsets.Head.maintenanceINTID, 27),
    RecordEdit("console kind", PartitionOffsets.Head.consoleKind, 5),
    RecordEdit("the starting CPU", PartitionOffsets.Head.consoleCPU, 2),
    RecordEdit("starts CPUs in way", PartitionOffsets.Head.cpuStart, 3),
    RecordEdit("boots on", PartitionOffsets.Head.bootCPU, 4),
    RecordEdit("physical address bits", PartitionOffsets.Head.physicalAddressBits, 41),
    RecordEdit("machine flags", PartitionOffsets.Head.machineFlags, 2),
    RecordEdit("none of Aff3", cpu + PartitionOffsets.CPU.affinity, 1 << 24),
    RecordEdit("two records of CPU", cpu + PartitionOffsets.CPU.affinity, 1),
    RecordEdit("does not list it", cpu + PartitionOffsets.CPU.domain, 1),
    RecordEdit("not the boot CPU's", cpu + PartitionOffsets.CPU.domain, 0xFFFF_FFFF),
    RecordEdit("of its domain", cpu + PartitionOffsets.CPU.virtualIndex, 1),
    RecordEdit("not those of a type", cpu + PartitionOffsets.CPU.midrMask, 1),
    RecordEdit("release address", cpu + PartitionOffsets.CPU.releaseAddress, 8),
    RecordEdit("visible ASCII", domain, 0x07),
    RecordEdit("ended and padded", domain + 28, 0x61),
    RecordEdit("fault policy", domain + PartitionOffsets.Domain.onFault, 2),
    RecordEdit("criticality", domain + PartitionOffsets.Domain.criticality, 5),
    RecordEdit("features", domain + PartitionOffsets.Domain.features, 16),
    RecordEdit("flags that mean nothing", domain + PartitionOffsets.Domain.flags, 2),
    RecordEdit("a GICv3, one CPU and no virtual console only", domain + PartitionOffsets.Domain.flags, 1),
    RecordEdit("CPU records from", domain + PartitionOffsets.Domain.firstCPU, 1),
    RecordEdit("0 CPU records", domain + PartitionOffsets.Domain.cpuCount, 0),
    RecordEdit("region records", domain + PartitionOffsets.Domain.regionCount, 3),
    RecordEdit("which is no SPI", domain + PartitionOffsets.Domain.interrupts, 1),
    RecordEdit("which is no SPI", domain + PartitionOffsets.Domain.interrupts + 31 * 4, 1 << 28),
    RecordEdit("does not own", domain + PartitionOffsets.Domain.edgeInterrupts + 4 * 30, 1),
    RecordEdit("no identification register that traps", domain + PartitionOffsets.Domain.identificationMask, 1),
    RecordEdit("no identification register", domain + PartitionOffsets.Domain.identification + 8, 1),
    RecordEdit("the entry of domain", domain + PartitionOffsets.Domain.entry, 2),
    RecordEdit("the tree of domain", domain + PartitionOffsets.Domain.treeAddress, 4),
    RecordEdit("no whole pages", region + PartitionOffsets.Region.guest, 0x800),
  ]

  @Test("in the partition table", arguments: tableEdits)
  func table(edit: RecordEdit) throws {
    let built = try BuiltSystem.cockpit.get()
    let sections = try HypervisorHeaderReader.read(built.image)
    let edited = try built.image.editing(sections.partitionTable + UInt64(edit.offset)) { (_: UInt32) in edit.value }
    #expect {
      try PartitionReader.read(edited, at: sections)
    } throws: { error in
      guard let finding = (error as? VerifierError)?.finding else { return false }
      return finding.rule.rawValue == "BH-VER-002" && finding.message.contains(edit.words)
        && finding.message.contains("byte offset")
    }
  }

  private static let headerEdits: [RecordEdit] = [
    RecordEdit("reserved", 32, 1), RecordEdit("has to be", HeaderOffsets.secondInstruction, 1),
    RecordEdit("has to be", HeaderOffsets.peOffset, 64), RecordEdit("ARM", HeaderOffsets.linuxMagic, 0),
    RecordEdit("text_offset", HeaderOffsets.textOffset, 0xFFFF_FFFF), RecordEdit("flags", HeaderOffsets.flags, 3),
    RecordEdit("fewer than its sections", HeaderOffsets.imageSize, 0x1000),
    RecordEdit("BHRUNTIM", HeaderOffsets.magic, 0), RecordEdit("version", HeaderOffsets.version, 3),
    RecordEdit("not a multiple", HeaderOffsets.stackSize, 100),
    RecordEdit("not a multiple", HeaderOffsets.cpuStateSize, 0xFFFF_FFC0),
    RecordEdit("behind its text", HeaderOffsets.readOnlyOffset, 0x1000),
    RecordEdit("behind its read-only data", HeaderOffsets.dataOffset, 0x1000),
    RecordEdit("no page of it behind its data", HeaderOffsets.partitionTable, 0x1000),
    RecordEdit("it is loaded at", HeaderOffsets.imageBase, 0x1000),
  ]

  @Test("in the hypervisor's header", arguments: headerEdits)
  func header(edit: RecordEdit) throws {
    let built = try BuiltSystem.cockpit.get()
    let edited = try built.image.editing(built.image.entry + UInt64(edit.offset)) { (_: UInt32) in edit.value }
    #expect {
      try HypervisorHeaderReader.read(edited)
    } throws: { error in
      guard let finding = (error as? VerifierError)?.finding else { return false }
      return finding.rule.rawValue == "BH-VER-003" && finding.message.contains(edit.words)
    }
  }
}
