import ImageFormat
import PlanFixtures
import Testing

@testable import Image

@Suite("The partition table, read back through the structs of the contract")
struct PartitionTableTests {
  private func read(_ build: BuildFixture) -> PartitionTableReading {
    PartitionTableReading(
      build.hypervisor.bytes, at: Int(build.hypervisor.layout.partitionTable - build.hypervisor.layout.base))
  }

  @Test("says what the plan and the tables say")
  func head() throws {
    let build = try BuildFixture(SampleManifests.cockpit)
    let table = read(build).head
    let layout = build.hypervisor.layout
    #expect(table.magic == FormatVersion.partitionMagic)
    #expect(table.version == FormatVersion.current)
    #expect(table.hypervisorBase == build.fixture.plan.hypervisor.memory.base)
    #expect(table.hypervisorSize == build.fixture.plan.hypervisor.memory.size)
    #expect(table.translationTable == layout.roots[0])
    #expect(table.translationControl == build.hypervisor.stage1.control)
    #expect(table.memoryAttributes == 0x44FF_0400)
    #expect([table.cpuCount, table.domainCount, table.regionCount, table.callRangeCount] == [4, 2, 2, 0])
    #expect([table.gicVersion, table.maintenanceINTID] == [3, 25])
    #expect(table.distributor == 0x800_0000)
    #expect([table.consoleKind, table.consoleINTID] == [1, 33])
    #expect(table.consoleBase == 0x900_0000)
    #expect([table.virtualTimerINTID, table.physicalTimerINTID, table.hypervisorTimerINTID] == [27, 30, 26])
    #expect([table.cpuStart, table.timerFrequency, table.physicalAddressBits] == [1, 0, 40])
    #expect(table.consoleCPU == 1, "infotainment is QM, and its first CPU has record 1")
    #expect(table.bootCPU == 0)
    #expect([table.cpuInterface, table.hypervisorInterface] == [0, 0], "GICv3 has registers of the CPU instead")
    #expect(Int(table.size) == table.end)
  }

  @Test("lists a domain's CPUs together in the domain's order, and where the boot CPU is among them")
  func cpus() throws {
    let build = try BuildFixture(SampleManifests.devices)
    let reading = read(build)
    #expect(reading.cpus.map(\.affinity) == [2, 0, 3])
    #expect(reading.cpus.map(\.domain) == [0, 0, 1])
    #expect(reading.cpus.map(\.virtualIndex) == [0, 1, 0])
    #expect(reading.head.bootCPU == 1)
    #expect(reading.cpus.map(\.redistributor) == [0x80E_0000, 0x80A_0000, 0x810_0000])
    #expect(reading.cpus.map(\.releaseAddress) == [0, 0, 0])
    #expect(reading.cpus.map(\.state) == build.hypervisor.layout.cpuStates)
  }

  @Test("has a record for a boot CPU that belongs to nobody")
  func unassignedBootCPU() throws {
    let manifest = SampleManifests.devices.replacing("cpus: [2, 0]", with: "cpus: [2]")
    let reading = read(try BuildFixture(manifest))
    #expect(reading.cpus.map(\.affinity) == [2, 3, 0])
    #expect(reading.cpus.last?.domain == CPURecord.noDomain)
    #expect(reading.head.bootCPU == 2)
  }

  @Test("says of each domain what the plan says")
  func domains() throws {
    let build = try BuildFixture(SampleManifests.devices)
    let reading = read(build)
    let plan = build.fixture.plan
    #expect(reading.domains.map(\.nameText) == ["first", "second"])
    for (index, (record, domain)) in zip(reading.domains, plan.domains).enumerated() {
      #expect(record.stage2Table == UInt64(index + 1) << 48 | build.hypervisor.layout.roots[index + 1])
      #expect(record.stage2Control == build.hypervisor.stage2[index].control)
      #expect(record.entry == domain.entry)
      #expect(record.treeAddress == domain.treeAddress)
      #expect(record.state == build.hypervisor.layout.domainStates[index])
      #expect(record.distributor == domain.interruptController?.distributor.base)
      #expect(record.redistributor == domain.interruptController?.redistributors?.base)
      #expect(record.consoleBase == 0)
      let regions = reading.regions[Int(record.firstRegion)..<Int(record.firstRegion + record.regionCount)]
      #expect(regions.map(\.guest) == domain.memory.map(\.guest.base))
      #expect(regions.map(\.size) == domain.memory.map(\.guest.size))
    }
    #expect(reading.domains.map(\.firstCPU) == [0, 2])
    #expect(reading.domains.map(\.cpuCount) == [2, 1])
    #expect(reading.domains.map(\.criticality) == [4, 0])
    #expect(reading.domains.map(\.features) == [0, 1])
    #expect(reading.domains.map(\.identificationMask) == [0, 0])
  }

  @Test("gives each domain its own interrupts and no other")
  func interrupts() throws {
    let build = try BuildFixture(SampleManifests.devices)
    let reading = read(build)
    let planned = build.fixture.plan.domains.map { domain in
      domain.devices.flatMap(\.device.interrupts).filter { $0.kind == .shared }.map { Int($0.intid) }.sorted()
    }
    #expect(reading.domains.map { $0.intids(\.interrupts) } == planned)
    #expect(planned[0] == [33, 34])
    #expect(reading.domains.map { $0.intids(\.edgeInterrupts) } == [[], []])
  }
}
