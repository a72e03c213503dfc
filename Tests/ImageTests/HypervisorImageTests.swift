import ImageFormat
import Ownership
import PlanFixtures
import Testing

@testable import Image

@Suite("The finished hypervisor image, decoded from its bytes alone")
struct HypervisorImageTests {
  private static let memory = TableWalker.Access(
    isReadable: true, isWritable: true, isExecutable: true, memory: "write-back")
  private static let device = TableWalker.Access(
    isReadable: true, isWritable: true, isExecutable: false, memory: "nGnRE")

  private func reading(_ build: BuildFixture) throws -> (table: PartitionTableReading, base: UInt64) {
    let bytes = build.hypervisor.bytes
    let header = bytes.withUnsafeBytes { $0.load(fromByteOffset: RuntimeHeader.offset, as: RuntimeHeader.self) }
    let offset = try #require(Int(exactly: header.partitionTable - header.imageBase))
    return (PartitionTableReading(bytes, at: offset), header.imageBase)
  }

  @Test(
    "gives each domain its memory, devices and channels", arguments: [SampleManifests.cockpit, SampleManifests.devices])
  func stage2(manifest: String) throws {
    let build = try BuildFixture(manifest)
    let (table, base) = try reading(build)
    let plan = build.fixture.plan
    for (record, domain) in zip(table.domains, plan.domains) {
      let walker = TableWalker(
        memory: build.hypervisor.bytes, base: base, root: record.stage2Table & 0xFFFF_FFFF_FFFF,
        control: record.stage2Control, stage: .stage2)
      let channels = plan.channels.map { channel in
        let isWriter = channel.declaration.writer.value == domain.name
        return MappedRun(
          channel.memory,
          .init(isReadable: true, isWritable: isWriter, isExecutable: false, memory: "non-cacheable"))
      }
      let memory = domain.memory.map { region in
        MappedRun(
          input: region.guest.base, output: region.physical.base, size: region.guest.size, access: Self.memory)
      }
      let devices = AddressSet(domain.devices.flatMap(\.pages)).runs.map { MappedRun($0, Self.device) }
      let found = MappedRun.joined(walker.leaves().map { MappedRun($0.input, $0.leaf) })
      let isEqual = found == MappedRun.joined(memory + devices + channels)
      #expect(isEqual, "\(domain.name): \(found)")
    }
  }

  @Test("maps at EL2 no page of a domain, of a channel or of a table below a root")
  func stage1() throws {
    let build = try BuildFixture(SampleManifests.cockpit)
    let (table, base) = try reading(build)
    let walker = TableWalker(
      memory: build.hypervisor.bytes, base: base, root: table.head.translationTable,
      control: table.head.translationControl, stage: .el2, memoryAttributes: table.head.memoryAttributes)
    let mapped = AddressSet(walker.leaves().compactMap { AddressRange(base: $0.input, size: $0.leaf.size) })
    let plan = build.fixture.plan
    let foreign = plan.domains.flatMap { $0.memory.map(\.physical) } + plan.channels.map(\.memory)
    #expect(!foreign.contains { mapped.overlaps($0) })
    let tables = build.hypervisor.layout.sections.filter { $0.kind == .translationTables }.map(\.range)
    #expect(tables.count == 3)
    #expect(!tables.contains { mapped.overlaps($0) })
    let kept = AddressSet([plan.hypervisor.memory] + plan.hypervisor.devices)
    #expect(mapped.runs.allSatisfy { kept.contains($0) })
    #expect(walker.walk(table.head.consoleBase)?.access == Self.device)
    #expect(walker.leaves().allSatisfy { $0.input == $0.leaf.output })
  }
}
