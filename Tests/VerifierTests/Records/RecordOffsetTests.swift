import BulkheadKit
import ImageFormat
import Testing

@testable import Verifier

@Suite("The verifier's own offsets")
struct RecordOffsetTests {
  private static func offsets<Record>(_ fields: [PartialKeyPath<Record>]) -> [Int?] {
    fields.map { MemoryLayout<Record>.offset(of: $0) }
  }

  @Test("of the partition table's head are those of the format")
  func head() {
    typealias Head = PartitionOffsets.Head
    let fields: [PartialKeyPath<PartitionTable>] = [
      \.magic, \.version, \.size, \.hypervisorBase, \.hypervisorSize, \.translationTable, \.translationControl,
      \.memoryAttributes, \.cpuCount, \.domainCount, \.regionCount, \.callRangeCount, \.cpusOffset, \.domainsOffset,
      \.regionsOffset, \.callRangesOffset, \.gicVersion, \.maintenanceINTID, \.distributor, \.consoleKind,
      \.consoleINTID, \.consoleBase, \.consoleCPU, \.cpuStart, \.virtualTimerINTID, \.physicalTimerINTID,
      \.hypervisorTimerINTID, \.timerFrequency, \.physicalAddressBits, \.bootCPU, \.cpuInterface,
      \.hypervisorInterface, \.machineFlags, \.healthPage, \.virtualDeviceCount, \.virtualDevicesOffset,
      \.restartCount, \.restartsOffset, \.spanCount, \.spansOffset, \.copyCount,
      \.copiesOffset, \.stepCount, \.stepsOffset,
      \.smmuCount, \.streamCount, \.smmusOffset, \.streamsOffset,
    ]
    let own = [
      Head.magic, Head.version, Head.size, Head.hypervisorBase, Head.hypervisorSize, Head.translationTable,
      Head.translationControl, Head.memoryAttributes, Head.cpuCount, Head.domainCount, Head.regionCount,
      Head.callRangeCount, Head.cpusOffset, Head.domainsOffset, Head.regionsOffset, Head.callRangesOffset,
      Head.gicVersion, Head.maintenanceINTID, Head.distributor, Head.consoleKind, Head.consoleINTID, Head.consoleBase,
      Head.consoleCPU, Head.cpuStart, Head.virtualTimerINTID, Head.physicalTimerINTID, Head.hypervisorTimerINTID,
      Head.timerFrequency, Head.physicalAddressBits, Head.bootCPU, Head.cpuInterface, Head.hypervisorInterface,
      Head.machineFlags, Head.healthPage, Head.virtualDeviceCount, Head.virtualDevicesOffset,
      Head.restartCount, Head.restartsOffset, Head.spanCount, Head.spansOffset, Head.copyCount,
      Head.copiesOffset, Head.stepCount, Head.stepsOffset,
      Head.smmuCount, Head.streamCount, Head.smmusOffset, Head.streamsOffset,
    ]
    #expect(Self.offsets(fields) == own)
    #expect(MemoryLayout<PartitionTable>.size == Head.total)
    #expect(FormatVersion.partitionMagic == PartitionOffsets.magicValue)
    #expect(FormatVersion.current == PartitionOffsets.versionValue)
  }

  @Test("of CPU records, regions and call ranges are those of the format")
  func records() {
    typealias CPU = PartitionOffsets.CPU
    typealias Region = PartitionOffsets.Region
    typealias Call = PartitionOffsets.Call
    #expect(
      Self.offsets([
        \CPURecord.affinity, \.state, \.redistributor, \.domain, \.virtualIndex, \.midr, \.midrMask,
        \.releaseAddress,
      ]) == [
        CPU.affinity, CPU.state, CPU.redistributor, CPU.domain, CPU.virtualIndex, CPU.midr, CPU.midrMask,
        CPU.releaseAddress,
      ])
    #expect(MemoryLayout<CPURecord>.size == CPU.total)
    #expect(CPURecord.noDomain == CPU.noDomain)
    #expect(Self.offsets([\RegionRecord.guest, \.size]) == [Region.guest, Region.size])
    #expect(MemoryLayout<RegionRecord>.size == Region.total)
    #expect(
      Self.offsets([\CallRange.first, \.last, \.argumentMask, \.argumentValue])
        == [Call.first, Call.last, Call.argumentMask, Call.argumentValue])
    #expect(MemoryLayout<CallRange>.size == Call.total)
    typealias Device = PartitionOffsets.Device
    #expect(
      Self.offsets([\VirtualDeviceRecord.kind, \.domain, \.intid, \.peer, \.base, \.size, \.state, \.parameter])
        == [
          Device.kind, Device.domain, Device.intid, Device.peer, Device.base, Device.size, Device.state,
          Device.parameter,
        ])
    #expect(MemoryLayout<VirtualDeviceRecord>.size == Device.total)
    #expect(VirtualDeviceRecord.noPeer == Device.noPeer)
  }

  @Test("of restart records and what they list are those of the format")
  func restarts() {
    typealias Restart = PartitionOffsets.Restart
    typealias Step = PartitionOffsets.Step
    let fields: [PartialKeyPath<RestartRecord>] = [
      \.translationTable, \.window, \.history, \.firstSpan, \.spanCount, \.firstCopy, \.copyCount, \.firstStep,
      \.stepCount,
    ]
    let own = [
      Restart.translationTable, Restart.window, Restart.history, Restart.firstSpan, Restart.spanCount,
      Restart.firstCopy, Restart.copyCount, Restart.firstStep, Restart.stepCount,
    ]
    #expect(Self.offsets(fields) == own)
    #expect(MemoryLayout<RestartRecord>.size == Restart.total)
    #expect(RestartRecord.none == PartitionOffsets.Domain.noRestart)
    #expect(RestartRecord.historySize == Restart.historySize)
    #expect(Limits.restarts == Int(PartitionLimits.restarts))
    #expect(
      Self.offsets([\MemorySpan.base, \.size]) == [PartitionOffsets.Span.base, PartitionOffsets.Span.size])
    #expect(MemoryLayout<MemorySpan>.size == PartitionOffsets.Span.total)
    #expect(
      Self.offsets([\MemoryCopy.source, \.destination, \.size])
        == [PartitionOffsets.Copy.source, PartitionOffsets.Copy.destination, PartitionOffsets.Copy.size])
    #expect(MemoryLayout<MemoryCopy>.size == PartitionOffsets.Copy.total)
    #expect(
      Self.offsets([\ResetStep.address, \.mask, \.value, \.patience])
        == [Step.address, Step.mask, Step.value, Step.patience])
    #expect(MemoryLayout<ResetStep>.size == Step.total)
  }

  @Test("of SMMU and stream records are those of the format")
  func streams() {
    typealias SMMU = PartitionOffsets.SMMU
    typealias Stream = PartitionOffsets.Stream
    #expect(
      Self.offsets([
        \SMMURecord.registers, \.memory, \.streamTable, \.streamTableFormat, \.physicalAddressBits, \.eventINTID,
        \.errorINTID, \.edges, \.cpu, \.firstStream, \.streamCount,
      ]) == [
        SMMU.registers, SMMU.memory, SMMU.streamTable, SMMU.format, SMMU.physicalAddressBits, SMMU.eventINTID,
        SMMU.errorINTID, SMMU.edges, SMMU.cpu, SMMU.firstStream, SMMU.streamCount,
      ])
    #expect(MemoryLayout<SMMURecord>.size == SMMU.total)
    #expect(
      Self.offsets([\StreamRecord.entries, \.id, \.idBits, \.entryCount, \.domain])
        == [Stream.entries, Stream.id, Stream.idBits, Stream.entryCount, Stream.domain])
    #expect(MemoryLayout<StreamRecord>.size == Stream.total)
    #expect(Limits.streams == PartitionLimits.streams && Limits.smmus == PartitionLimits.smmus)
    #expect(Limits.streamBits == Int(PartitionLimits.streamBits))
  }

  @Test("of domain records are those of the format")
  func domains() {
    typealias Domain = PartitionOffsets.Domain
    let fields: [PartialKeyPath<DomainRecord>] = [
      \.name, \.stage2Table, \.stage2Control, \.entry, \.treeAddress, \.state, \.distributor, \.redistributor,
      \.consoleBase, \.consoleINTID, \.onFault, \.criticality, \.features, \.firstCPU, \.cpuCount, \.firstRegion,
      \.regionCount, \.firstCallRange, \.callRangeCount, \.interrupts, \.edgeInterrupts, \.identificationMask,
      \.identification, \.pmuINTID, \.watchdog, \.flags,
      \.virtualWord, \.virtualInterrupts, \.firstVirtualDevice, \.virtualDeviceCount,
      \.restart, \.restartLimit,
    ]
    let own = [
      0, Domain.stage2Table, Domain.stage2Control, Domain.entry, Domain.treeAddress, Domain.state, Domain.distributor,
      Domain.redistributor, Domain.consoleBase, Domain.consoleINTID, Domain.onFault, Domain.criticality,
      Domain.features, Domain.firstCPU, Domain.cpuCount, Domain.firstRegion, Domain.regionCount,
      Domain.firstCallRange, Domain.callRangeCount, Domain.interrupts, Domain.edgeInterrupts,
      Domain.identificationMask, Domain.identification, Domain.pmuINTID, Domain.watchdog,
      Domain.flags,
      Domain.virtualWord, Domain.virtualInterrupts, Domain.firstVirtualDevice, Domain.virtualDeviceCount,
      Domain.restart, Domain.restartLimit,
    ]
    #expect(Self.offsets(fields) == own)
    #expect(MemoryLayout<DomainRecord>.size == Domain.total)
    #expect(Limits.nameLength + 1 == Domain.nameSize)
  }

  @Test("of the runtime's header are those of the format")
  func header() {
    let fields: [PartialKeyPath<RuntimeHeader>] = [
      \.magic, \.version, \.stackSize, \.cpuStateSize, \.domainStateSize, \.textSize, \.readOnlyOffset, \.readOnlySize,
      \.dataOffset, \.dataSize, \.partitionTable, \.imageBase, \.partitionTablePhysical,
    ]
    let own = [
      HeaderOffsets.magic, HeaderOffsets.version, HeaderOffsets.stackSize, HeaderOffsets.cpuStateSize,
      HeaderOffsets.domainStateSize, HeaderOffsets.textSize, HeaderOffsets.readOnlyOffset, HeaderOffsets.readOnlySize,
      HeaderOffsets.dataOffset, HeaderOffsets.dataSize, HeaderOffsets.partitionTable, HeaderOffsets.imageBase,
      HeaderOffsets.partitionTablePhysical,
    ]
    #expect(Self.offsets(fields).map { $0.map { $0 + RuntimeHeader.offset } } == own)
    #expect(RuntimeHeader.offset + MemoryLayout<RuntimeHeader>.size == HeaderOffsets.total)
    #expect(FormatVersion.runtimeMagic == HeaderOffsets.magicValue)
  }

  @Test("find in a built image what the plan says")
  func builtImage() throws {
    let built = try BuiltSystem.cockpit.get()
    let sections = try HypervisorHeaderReader.read(built.image)
    let table = try PartitionReader.read(built.image, at: sections)
    #expect(sections.base == built.plan.hypervisor.memory.base)
    #expect(table.hypervisor == built.plan.hypervisor.memory)
    #expect(table.distributor == built.plan.board.interruptController?.distributor.base)
    #expect(table.cpus.map(\.affinity) == built.plan.domains.flatMap(\.cpus).map(\.affinity))
    #expect(table.domains.map(\.name) == built.plan.domains.map(\.name))
    #expect(table.domains.map(\.entry) == built.plan.domains.map(\.entry))
    #expect(table.domains.map(\.treeAddress) == built.plan.domains.map(\.treeAddress))
    #expect(table.domains.map(\.regions) == built.plan.domains.map { $0.memory.map(\.guest) })
    #expect(table.domains.map(\.cpus.count) == built.plan.domains.map(\.cpus.count))
    let places = table.recordPlaces.flatMap(\.places)
    #expect(places.last?.last == table.range.last)
  }
}
