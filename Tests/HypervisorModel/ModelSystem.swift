import HypervisorCore
import ImageFormat
import Synchronization

/// A system with a GICv3.
package typealias ModelSystem = AnyModelSystem<ModelCPU>
/// A system with a GICv2.
package typealias ModelSystemGICv2 = AnyModelSystem<ModelCPUGICv2>

/// A partition table with states in memory, as the compiler and the loader would leave them, and a CPU model for each
/// CPU record.
package final class AnyModelSystem<CPU: AnyModelCPU & Hardware> {
  package typealias Domain = ModelDomain

  package let gic: ModelGIC
  package let uart = ModelUART()
  package let cpus: [CPU]
  package let partition: PartitionHandle
  package let system: SystemHandle
  package let domains: [Domain]
  private var memory: [UnsafeMutableRawPointer] = []
  private let cpuStates: [UnsafeMutablePointer<CPUState>]

  package static var virtualTimer: UInt32 { 27 }
  package static var physicalTimer: UInt32 { 30 }

  /// CPU records stand domain by domain; affinities are deliberately unlike virtual indices.
  package convenience init(_ domains: [Domain], listRegisters: Int = 4, consoleKind: ConsoleKind) {
    self.init(domains, listRegisters: listRegisters, consoleKind: consoleKind.rawValue)
    uart.kind = consoleKind
  }

  package init(
    _ domains: [Domain], listRegisters: Int = 4, consoleKind: UInt32 = 1, cpuStart: CPUStart = .psci,
    healthPage: UInt64 = 0
  ) {
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
    let raw = UnsafeMutableRawPointer(zeroed(UInt8.self, count: 65536))
    let table = raw.assumingMemoryBound(to: PartitionTable.self)
    Self.fill(&table.pointee, domains, total)
    table.pointee.consoleKind = consoleKind
    table.pointee.cpuStart = cpuStart.rawValue
    table.pointee.healthPage = healthPage
    func place<Record>(_ offset: UInt32, _ index: UInt32) -> UnsafeMutablePointer<Record> {
      raw.advanced(by: Int(offset)).assumingMemoryBound(to: Record.self) + Int(index)
    }
    var firstCPU: UInt32 = 0
    var firstRegion: UInt32 = 0
    var firstCall: UInt32 = 0
    var firstDevice: UInt32 = 0
    for (index, domain) in domains.enumerated() {
      let record: UnsafeMutablePointer<DomainRecord> = place(table.pointee.domainsOffset, UInt32(index))
      record.pointee.firstCPU = firstCPU
      record.pointee.stage2Table = UInt64(index + 1) << 48
      record.pointee.firstRegion = firstRegion
      record.pointee.firstCallRange = firstCall
      record.pointee.firstVirtualDevice = firstDevice
      record.pointee.virtualDeviceCount = UInt32(domain.devices.count)
      let watchdog = domain.devices.firstIndex { $0.kind == VirtualDeviceKind.watchdog.rawValue }
      record.pointee.watchdog = watchdog.map { firstDevice + UInt32($0) } ?? DomainRecord.noWatchdog
      record.pointee.state = UInt64(UInt(bitPattern: zeroed(DomainState.self)))
      Self.fill(&record.pointee, domain)
      for virtual in 0..<UInt32(domain.cpus) {
        let cpu: UnsafeMutablePointer<CPURecord> = place(table.pointee.cpusOffset, firstCPU + virtual)
        cpu.pointee.state = UInt64(UInt(bitPattern: cpuStates[Int(firstCPU + virtual)]))
        cpu.pointee.domain = UInt32(index)
        cpu.pointee.virtualIndex = virtual
        Self.fill(&cpu.pointee, number: Int(firstCPU + virtual))
      }
      for region in domain.regions {
        place(table.pointee.regionsOffset, firstRegion).initialize(to: region)
        firstRegion += 1
      }
      for call in domain.calls {
        place(table.pointee.callRangesOffset, firstCall).initialize(to: call)
        firstCall += 1
      }
      for device in domain.devices {
        let place: UnsafeMutablePointer<VirtualDeviceRecord> = place(table.pointee.virtualDevicesOffset, firstDevice)
        place.initialize(to: device)
        if let size = VirtualDeviceKind(rawValue: device.kind)?.stateSize, size > 0, device.state == 0 {
          place.pointee.state = UInt64(UInt(bitPattern: zeroed(UInt8.self, count: Int(size))))
        }
        firstDevice += 1
      }
      firstCPU += UInt32(domain.cpus)
    }
    partition = PartitionHandle(table)
    system = SystemHandle(zeroed(SystemState.self))
    self.memory = memory
    start(listRegisters, table)
  }

  deinit { for pointer in memory { pointer.deallocate() } }

  package static func affinity(_ number: Int) -> UInt64 {
    UInt64(number / 2) << 8 | UInt64(number % 2) | UInt64(number) << 32
  }

  private static func fill(_ table: inout PartitionTable, _ domains: [Domain], _ total: Int) {
    table.magic = FormatVersion.partitionMagic
    table.version = FormatVersion.current
    table.size = 65536
    table.cpuCount = UInt32(total)
    table.domainCount = UInt32(domains.count)
    table.regionCount = UInt32(domains.reduce(0) { $0 + $1.regions.count })
    table.callRangeCount = UInt32(domains.reduce(0) { $0 + $1.calls.count })
    table.cpusOffset = 1024
    table.domainsOffset = 8192
    table.regionsOffset = 32768
    table.callRangesOffset = 49152
    table.virtualDevicesOffset = 57344
    table.virtualDeviceCount = UInt32(domains.reduce(0) { $0 + $1.devices.count })
    table.gicVersion = CPU.isGICv2 ? 2 : 3
    table.maintenanceINTID = 25
    table.distributor = ModelGIC.distributor
    table.consoleINTID = 33
    table.consoleBase = ModelUART.base
    table.virtualTimerINTID = virtualTimer
    table.physicalTimerINTID = physicalTimer
    table.hypervisorTimerINTID = 26
    table.physicalAddressBits = 40
  }

  private static func fill(_ cpu: inout CPURecord, number: Int) {
    cpu.affinity = affinity(number)
    cpu.redistributor = ModelGIC.redistributors + UInt64(number) * 0x2_0000
  }

  /// All but what depends on other domains.
  private static func fill(_ record: inout DomainRecord, _ domain: Domain) {
    for (index, byte) in domain.name.utf8.prefix(31).enumerated() { record.name[index] = byte }
    for line in domain.lines { record.interrupts[line / 32] |= 1 << UInt32(line % 32) }
    for line in domain.edges { record.edgeInterrupts[line / 32] |= 1 << UInt32(line % 32) }
    for (place, register) in domain.identification.sorted(by: { $0.key < $1.key }).enumerated() {
      record.identification[place] = register.value
      record.identificationMask |= 1 << UInt64(register.key)
    }
    record.entry = 0x4000_0000
    record.restart = RestartRecord.none
    record.distributor = 0x0800_0000
    record.redistributor = 0x080A_0000
    record.consoleBase = domain.console == 0 ? 0 : 0x0900_0000
    record.consoleINTID = domain.console
    record.virtualWord = domain.virtualLines.first.map { $0 / 32 } ?? 0
    for line in domain.virtualLines { record.virtualInterrupts |= 1 << (line % 32) }
    record.criticality = domain.criticality
    record.cpuCount = UInt32(domain.cpus)
    record.regionCount = UInt32(domain.regions.count)
    record.callRangeCount = UInt32(domain.calls.count)
    record.flags = domain.isDirect ? DomainFlags.directInterrupts : 0
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
      let isDirect = handle.domain.map { $0.record.flags & DomainFlags.directInterrupts != 0 } ?? false
      handle.own.listRegisters = isDirect ? 0 : (1 << UInt32(listRegisters)) - 1
      handle.state.interfaceMask.store(UInt32(ModelGIC.interfaceMask(number)), ordering: .relaxed)
    }
  }

  package func cpu(_ number: Int) -> CPUHandle { CPUHandle(cpuStates[number]) }

  package func virtualCPU(_ number: Int) -> VirtualCPU<CPU> {
    guard let virtualCPU = VirtualCPU(hardware: cpus[number], cpu: cpu(number)) else { fatalError("no domain") }
    return virtualCPU
  }

  package func console(_ number: Int) -> Console<CPU> {
    Console(hardware: cpus[number], cpu: cpu(number), system: system)
  }

  /// Lets every CPU answer EL2's SGI as the runtime does, until none is asked for anything.
  package func settle() {
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
