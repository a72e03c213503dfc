import HypervisorCore
import Synchronization
@testable import ImageFormat

/// A system with a GICv3.
typealias ModelSystem = AnyModelSystem<ModelCPU>
/// A system with a GICv2.
typealias ModelSystemGICv2 = AnyModelSystem<ModelCPUGICv2>

/// A partition table with states in memory, as the compiler and the loader would leave them, and a CPU model for each
/// CPU record.
final class AnyModelSystem<CPU: AnyModelCPU & Hardware> {
  typealias Domain = ModelDomain

  let gic: ModelGIC
  let uart = ModelUART()
  let cpus: [CPU]
  let partition: PartitionHandle
  let system: SystemHandle
  let domains: [Domain]
  private var memory: [UnsafeMutableRawPointer] = []
  private let cpuStates: [UnsafeMutablePointer<CPUState>]

  static var virtualTimer: UInt32 { 27 }
  static var physicalTimer: UInt32 { 30 }

  /// CPU records stand domain by domain; affinities are deliberately unlike virtual indices.
  convenience init(_ domains: [Domain], listRegisters: Int = 4, consoleKind: ConsoleKind) {
    self.init(domains, listRegisters: listRegisters, consoleKind: consoleKind.rawValue)
    uart.kind = consoleKind
  }

  init(_ domains: [Domain], listRegisters: Int = 4, consoleKind: UInt32 = 1, cpuStart: CPUStart = .psci) {
    self.domains = domains
    let total = domains.reduce(0) { $0 + $1.cpus }
    let gic = ModelGIC(cpus: total, isGICv2: CPU.isGICv2)
    let uart = uart
    self.gic = gic
    cpus = (0..<total).map { CPU(gic: gic, uart: uart, number: $0, listRegisters: listRegisters) }
    var memory: [UnsafeMutableRawPointer] = []
    func zeroed<Value: ~Copyable>(_ type: Value.Type, count: Int = 1) -> UnsafeMutablePointer<Value> {
      let size = MemoryLayout<Value>.stride * max(count, 1)
      let raw = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
      raw.initializeMemory(as: UInt8.self, repeating: 0, count: size)
      memory.append(raw)
      return raw.assumingMemoryBound(to: Value.self)
    }
    cpuStates = (0..<total).map { _ in zeroed(CPUState.self) }
    var table = Self.table(domains, total)
    table.consoleKind = consoleKind
    table.cpuStart = cpuStart.rawValue
    let base = zeroed(UInt8.self, count: 65536)
    let raw = UnsafeMutableRawPointer(base)
    raw.storeBytes(of: table, as: PartitionTable.self)
    var firstCPU: UInt32 = 0
    var firstRegion: UInt32 = 0
    var firstCall: UInt32 = 0
    for (index, domain) in domains.enumerated() {
      var record = Self.record(domain, firstCPU: firstCPU, firstRegion: firstRegion, firstCall: firstCall)
      record.state = UInt64(UInt(bitPattern: zeroed(DomainState.self)))
      raw.advanced(by: Int(table.domainsOffset) + index * MemoryLayout<DomainRecord>.stride)
        .storeBytes(of: record, as: DomainRecord.self)
      for virtual in 0..<UInt32(domain.cpus) {
        let number = Int(firstCPU + virtual)
        let cpu = CPURecord(
          affinity: Self.affinity(number), stackTop: 0x1000, state: UInt64(UInt(bitPattern: cpuStates[number])),
          redistributor: ModelGIC.redistributors + UInt64(number) * 0x2_0000, domain: UInt32(index),
          virtualIndex: virtual, midr: 0, midrMask: 0, releaseAddress: 0)
        raw.advanced(by: Int(table.cpusOffset) + number * MemoryLayout<CPURecord>.stride)
          .storeBytes(of: cpu, as: CPURecord.self)
      }
      for region in domain.regions {
        raw.advanced(by: Int(table.regionsOffset) + Int(firstRegion) * 16).storeBytes(of: region, as: RegionRecord.self)
        firstRegion += 1
      }
      for call in domain.calls {
        raw.advanced(by: Int(table.callRangesOffset) + Int(firstCall) * MemoryLayout<CallRange>.stride).storeBytes(
          of: call, as: CallRange.self)
        firstCall += 1
      }
      firstCPU += UInt32(domain.cpus)
    }
    partition = PartitionHandle(raw.assumingMemoryBound(to: PartitionTable.self))
    system = SystemHandle(zeroed(SystemState.self))
    self.memory = memory
    start(listRegisters, raw.assumingMemoryBound(to: PartitionTable.self))
  }

  deinit { for pointer in memory { pointer.deallocate() } }

  static func affinity(_ number: Int) -> UInt64 { UInt64(number / 2) << 8 | UInt64(number % 2) | UInt64(number) << 32 }

  private static func table(_ domains: [Domain], _ total: Int) -> PartitionTable {
    PartitionTable(
      magic: FormatVersion.partitionMagic, version: FormatVersion.current, size: 65536, hypervisorBase: 0,
      hypervisorSize: 0, translationTable: 0, translationControl: 0, memoryAttributes: 0, cpuCount: UInt32(total),
      domainCount: UInt32(domains.count), regionCount: UInt32(domains.reduce(0) { $0 + $1.regions.count }),
      callRangeCount: UInt32(domains.reduce(0) { $0 + $1.calls.count }), cpusOffset: 1024, domainsOffset: 8192,
      regionsOffset: 32768, callRangesOffset: 49152, gicVersion: CPU.isGICv2 ? 2 : 3, maintenanceINTID: 25,
      distributor: ModelGIC.distributor, consoleKind: 1, consoleINTID: 33, consoleBase: ModelUART.base,
      consoleCPU: 0, cpuStart: 1, virtualTimerINTID: virtualTimer, physicalTimerINTID: physicalTimer,
      hypervisorTimerINTID: 26, timerFrequency: 0, physicalAddressBits: 40, bootCPU: 0, cpuInterface: 0,
      hypervisorInterface: 0, machineFlags: 0)
  }

  private static func record(_ domain: Domain, firstCPU: UInt32, firstRegion: UInt32, firstCall: UInt32) -> DomainRecord
  {
    var name = InlineArray<32, UInt8>(repeating: 0)
    for (index, byte) in domain.name.utf8.prefix(31).enumerated() { name[index] = byte }
    var lines = InlineArray<32, UInt32>(repeating: 0)
    for line in domain.lines { lines[line / 32] |= 1 << UInt32(line % 32) }
    var edges = InlineArray<32, UInt32>(repeating: 0)
    for line in domain.edges { edges[line / 32] |= 1 << UInt32(line % 32) }
    var identification = InlineArray<16, UInt64>(repeating: 0)
    for (place, register) in domain.identification.sorted(by: { $0.key < $1.key }).enumerated() {
      identification[place] = register.value
    }
    return DomainRecord(
      name: name, stage2Table: 0, stage2Control: 0, entry: 0x4000_0000, treeAddress: 0, state: 0,
      distributor: 0x0800_0000, redistributor: 0x080A_0000, consoleBase: domain.console == 0 ? 0 : 0x0900_0000,
      consoleINTID: domain.console, onFault: 0, criticality: domain.criticality, features: 0, firstCPU: firstCPU,
      cpuCount: UInt32(domain.cpus), firstRegion: firstRegion, regionCount: UInt32(domain.regions.count),
      firstCallRange: firstCall, callRangeCount: UInt32(domain.calls.count), interrupts: lines, edgeInterrupts: edges,
      identificationMask: domain.identification.keys.reduce(0) { $0 | 1 << UInt64($1) }, identification: identification)
  }

  private func start(_ listRegisters: Int, _ table: UnsafePointer<PartitionTable>) {
    system.serial = SerialState()
    system.serial.ticksPerMillisecond = 1000
    for (index, domain) in domains.enumerated() {
      let handle = partition.domainHandle(UInt32(index))
      handle.prepare(highestWord: UInt32((domain.lines.max() ?? 0) / 32))
      for line in domain.lines {
        gic.shared[line].affinity = handle.cpu(0).affinity
        gic.shared[line].targets = ModelGIC.interfaceMask(Int(handle.record.firstCPU))
      }
    }
    for number in cpus.indices {
      let handle = CPUHandle(cpuStates[number])
      handle.prepare(table, index: UInt32(number))
      handle.own.listRegisters = (1 << UInt32(listRegisters)) - 1
      handle.state.interfaceMask.store(UInt32(ModelGIC.interfaceMask(number)), ordering: .relaxed)
    }
  }

  func cpu(_ number: Int) -> CPUHandle { CPUHandle(cpuStates[number]) }

  func virtualCPU(_ number: Int) -> VirtualCPU<CPU> {
    guard let virtualCPU = VirtualCPU(hardware: cpus[number], cpu: cpu(number)) else { fatalError("no domain") }
    return virtualCPU
  }

  func console(_ number: Int) -> Console<CPU> {
    Console(hardware: cpus[number], cpu: cpu(number), system: system)
  }

  /// Lets every CPU answer EL2's SGI as the runtime does, until none is asked for anything.
  func settle() {
    for _ in 0..<100 {
      gic.kicks.removeAll()
      for number in cpus.indices {
        let requests = cpu(number).state.requests.take()
        if requests.rawValue == 0 { continue }
        virtualCPU(number).answer(requests)
      }
      if gic.kicks.isEmpty { return }
    }
  }
}
