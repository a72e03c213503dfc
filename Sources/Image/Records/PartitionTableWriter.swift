import Board
import Diagnostics
import ImageFormat
import Manifest
import Ownership
import Partition

/// The bytes of the partition table: `PartitionTable`, then CPU, domain and region records, call ranges, virtual device, SMMU
/// and stream records.
///
/// Field by field, in the order of the structs of `ImageFormat`; a test reads the bytes back through these structs.
struct PartitionTableWriter {
  /// The plan.
  let plan: Plan
  /// The CPU records to write.
  let cpus: [CPUAllocation]
  /// The virtual device records to write.
  let devices: [VirtualDeviceAllocation]
  /// What the board has.
  let hardware: HardwareParameters

  private static let headSize = MemoryLayout<PartitionTable>.stride

  private var regionCount: Int { plan.domains.map(\.memory.count).reduce(0, +) }
  private var callRangeCount: Int { plan.domains.map(\.firmwareCalls.count).reduce(0, +) }
  private var domainsOffset: Int { Self.headSize + cpus.count * MemoryLayout<CPURecord>.stride }
  private var regionsOffset: Int { domainsOffset + plan.domains.count * MemoryLayout<DomainRecord>.stride }
  private var callRangesOffset: Int { regionsOffset + regionCount * MemoryLayout<RegionRecord>.stride }

  private var devicesOffset: Int { callRangesOffset + callRangeCount * MemoryLayout<CallRange>.stride }
  private var restarts: RestartRecordWriter {
    RestartRecordWriter(plan: plan, start: devicesOffset + devices.count * MemoryLayout<VirtualDeviceRecord>.stride)
  }
  /// Bytes up to the end of the CPU records: what is read while the MMU is off.
  var bootSize: Int { domainsOffset }

  private var smmusOffset: Int { restarts.end }
  private var streamsOffset: Int { smmusOffset + plan.smmus.count * MemoryLayout<SMMURecord>.stride }
  private var streamCount: Int { plan.smmus.map(\.streams.count).reduce(0, +) }

  /// Bytes of the table with all its arrays.
  var size: Int { streamsOffset + streamCount * MemoryLayout<StreamRecord>.stride }

  /// Writes the table for a layout and the tables that it points to.
  func bytes(
    layout: HypervisorLayout, placement: HypervisorPlacement, stage1: Stage1Table, stage2: [Stage2Table],
    streams: StreamTables
  ) throws(ImageError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    try appendHead(to: &bytes, rootAt: placement.physical(layout.roots[0]), stage1)
    for (index, cpu) in cpus.enumerated() {
      try append(cpu, state: layout.cpuStates[index], to: &bytes)
    }
    for (index, domain) in plan.domains.enumerated() {
      try append(domain, index, layout, placement, stage2[index], to: &bytes)
    }
    for region in plan.domains.flatMap(\.memory) {
      bytes.append(littleEndian: region.guest.base)
      bytes.append(littleEndian: region.guest.size)
    }
    for call in plan.domains.flatMap(\.firmwareCalls) {
      bytes.append(littleEndian: call.functions.lowerBound)
      bytes.append(littleEndian: call.functions.upperBound)
      bytes.append(littleEndian: call.mask)
      bytes.append(littleEndian: call.value)
    }
    for (index, device) in devices.enumerated() { append(device, state: layout.deviceStates[index], to: &bytes) }
    restarts.append(to: &bytes, roots: layout.roots.suffix(from: 1 + plan.domains.count), histories: layout.histories)
    bytes += try SMMURecordWriter(plan: plan, cpus: cpus, hardware: hardware).bytes(layout: layout, streams: streams)
    return bytes
  }

  private func appendHead(
    to bytes: inout [UInt8], rootAt root: UInt64, _ stage1: Stage1Table
  ) throws(ImageError) {
    bytes.append(littleEndian: FormatVersion.partitionMagic)
    bytes.append(littleEndian: FormatVersion.current)
    bytes.append(littleEndian: UInt32(size))
    let memory = plan.hypervisor.memory
    bytes.append(littleEndian: memory.base)
    bytes.append(littleEndian: memory.size)
    bytes.append(littleEndian: root)
    bytes.append(littleEndian: stage1.control)
    bytes.append(littleEndian: Stage1Attributes.memoryAttributes)
    let counts = [cpus.count, plan.domains.count, regionCount, callRangeCount]
    let offsets = [Self.headSize, domainsOffset, regionsOffset, callRangesOffset]
    for number in counts + offsets { bytes.append(littleEndian: UInt32(number)) }
    bytes.append(littleEndian: UInt32(hardware.controller.version.rawValue))
    bytes.append(littleEndian: hardware.maintenanceINTID)
    bytes.append(littleEndian: hardware.controller.distributor.base)
    bytes.append(littleEndian: try hardware.consoleKind(plan).rawValue)
    bytes.append(littleEndian: plan.hypervisor.console?.intid ?? 0)
    bytes.append(littleEndian: plan.hypervisor.console?.registers.base ?? 0)
    bytes.append(littleEndian: UInt32(consoleCPU))
    bytes.append(littleEndian: hardware.cpuStart.rawValue)
    bytes.append(littleEndian: hardware.virtualTimer)
    bytes.append(littleEndian: hardware.physicalTimer)
    bytes.append(littleEndian: hardware.hypervisorTimer)
    bytes.append(littleEndian: hardware.frequency)
    bytes.append(littleEndian: UInt32(hardware.addressSize.bits))
    bytes.append(littleEndian: UInt32(bootCPU))
    // Trees of a GICv3 may name these too, for guests that know a GICv2 only; EL2 does not use them there.
    let gicv2 = hardware.controller.version == .two ? hardware.controller : nil
    bytes.append(littleEndian: gicv2?.cpuInterfacePages?.base ?? 0)
    bytes.append(littleEndian: gicv2?.hypervisorInterface?.base ?? 0)
    let signals = plan.board.description.signalsVirtualInterrupts
    bytes.append(littleEndian: signals ? MachineFlags.signalsVirtualInterrupts : 0)
    bytes.append(littleEndian: plan.healthPage?.base ?? 0)
    bytes.append(littleEndian: UInt32(devices.count))
    bytes.append(littleEndian: UInt32(devicesOffset))
    restarts.appendHead(to: &bytes)
    for number in [plan.smmus.count, streamCount, smmusOffset, streamsOffset] {
      bytes.append(littleEndian: UInt32(number))
    }
  }

  private func append(_ device: VirtualDeviceAllocation, state: UInt64, to bytes: inout [UInt8]) {
    bytes.append(littleEndian: device.kind.rawValue)
    bytes.append(littleEndian: UInt32(device.domain))
    bytes.append(littleEndian: device.device.intid ?? 0)
    bytes.append(littleEndian: device.peer.map { UInt32($0) } ?? VirtualDeviceRecord.noPeer)
    bytes.append(littleEndian: device.device.registers?.base ?? 0)
    bytes.append(littleEndian: device.device.registers?.size ?? 0)
    bytes.append(littleEndian: state)
    let isWatchdog = device.kind == .watchdog
    bytes.append(littleEndian: isWatchdog ? watchdogTimes(of: plan.domains[device.domain]) : device.parameter)
  }

  private var bootCPU: Int {
    let boot = plan.board.cpus.first?.index
    return cpus.firstIndex { $0.cpu.index == boot } ?? 0
  }

  /// The starting CPU of the first domain of the lowest criticality present, among those whose CPUs' interrupts are
  /// EL2's; a rule refuses a UART with an interrupt that nobody could take.
  private var consoleCPU: Int {
    let lowest = plan.domains.enumerated().filter { !$0.element.hasDirectInterrupts }
      .min { level($0.element) < level($1.element) }
    guard let lowest else { return 0 }
    return cpus.firstIndex { $0.domain == lowest.offset } ?? 0
  }

  private func level(_ domain: DomainPlan) -> UInt8 { domain.declaration.criticality?.value.level ?? 0 }

  private func append(
    _ cpu: CPUAllocation, state: UInt64, to bytes: inout [UInt8]
  ) throws(ImageError) {
    bytes.append(littleEndian: cpu.cpu.affinity)
    bytes.append(littleEndian: state)
    bytes.append(littleEndian: try hardware.redistributor(of: cpu.cpu, in: plan))
    bytes.append(littleEndian: cpu.domain.map { UInt32($0) } ?? CPURecord.noDomain)
    bytes.append(littleEndian: UInt32(cpu.virtualIndex))
    let type = CPUType(compatible: cpu.cpu.compatible)
    bytes.append(littleEndian: type?.midr ?? 0)
    bytes.append(littleEndian: type == nil ? 0 : CPUType.midrMask)
    bytes.append(littleEndian: try releaseAddress(of: cpu.cpu))
  }

  /// Where a CPU waits for EL2; 0 where PSCI starts it, and for the one that is running.
  private func releaseAddress(of cpu: BoardCPU) throws(ImageError) -> UInt64 {
    guard hardware.cpuStart == .spinTable, cpu.index != plan.board.cpus.first?.index else { return 0 }
    guard let address = cpu.releaseAddress else {
      throw HardwareParameters.lacks("a cpu-release-addr of \(cpu.path)", plan)
    }
    return address
  }

  private func append(
    _ domain: DomainPlan, _ index: Int, _ layout: HypervisorLayout, _ placement: HypervisorPlacement,
    _ stage2: Stage2Table, to bytes: inout [UInt8]
  ) throws(ImageError) {
    guard let controller = domain.interruptController else {
      throw ImageError(
        Finding(
          ImageRules.hardware, .error, "domain \(domain.name) has no place for its virtual GIC",
          subjects: ["domains.\(domain.name)"], domains: [domain.name], spans: [domain.declaration.span]))
    }
    var name = Array(domain.name.utf8)
    name.pad(to: Limits.nameLength + 1)
    bytes += name
    bytes.append(littleEndian: stage2.base(at: placement.physical(layout.roots[index + 1]), domainIndex: index))
    bytes.append(littleEndian: stage2.control)
    bytes.append(littleEndian: domain.entry)
    bytes.append(littleEndian: domain.treeAddress)
    bytes.append(littleEndian: layout.domainStates[index])
    bytes.append(littleEndian: controller.distributor.base)
    bytes.append(littleEndian: controller.redistributors?.base ?? 0)
    bytes.append(littleEndian: domain.console?.base ?? 0)
    bytes.append(littleEndian: domain.console?.intid ?? 0)
    bytes.append(littleEndian: faultPolicy(of: domain).rawValue)
    bytes.append(littleEndian: UInt32(level(domain)))
    bytes.append(littleEndian: features(of: domain).rawValue)
    let earlier = plan.domains.prefix(index)
    bytes.append(littleEndian: UInt32(earlier.map(\.cpus.count).reduce(0, +)))
    bytes.append(littleEndian: UInt32(domain.cpus.count))
    bytes.append(littleEndian: UInt32(earlier.map(\.memory.count).reduce(0, +)))
    bytes.append(littleEndian: UInt32(domain.memory.count))
    bytes.append(littleEndian: UInt32(earlier.map(\.firmwareCalls.count).reduce(0, +)))
    bytes.append(littleEndian: UInt32(domain.firmwareCalls.count))
    let shared = domain.devices.flatMap(\.device.interrupts).filter { $0.kind == .shared }
    append(mask: shared.map(\.intid), to: &bytes)
    append(mask: shared.filter(\.isEdge).map(\.intid), to: &bytes)
    append(identification(of: domain), to: &bytes)
    let features = features(of: domain)
    bytes.append(littleEndian: features.contains(.pmu) ? plan.board.performanceMonitorINTID ?? 0 : 0)
    let firstDevice = earlier.map(\.virtualDevices.count).reduce(0, +)
    let watchdog = domain.virtualDevices.firstIndex { $0.kind == .watchdog }
    bytes.append(littleEndian: watchdog.map { UInt32(firstDevice + $0) } ?? DomainRecord.noWatchdog)
    bytes.append(littleEndian: domain.hasDirectInterrupts ? DomainFlags.directInterrupts : 0)
    let lines = [domain.console?.intid].compactMap { $0 } + domain.virtualDevices.compactMap(\.intid)
    bytes.append(littleEndian: (lines.first ?? 0) / 32)
    bytes.append(littleEndian: lines.reduce(UInt32(0)) { $0 | 1 << ($1 % 32) })
    bytes.append(littleEndian: UInt32(firstDevice))
    bytes.append(littleEndian: UInt32(domain.virtualDevices.count))
    let restarting = UInt32(earlier.count { $0.restart != nil })
    bytes.append(littleEndian: domain.restart == nil ? RestartRecord.none : restarting)
    bytes.append(littleEndian: UInt32(domain.restart?.limit ?? 0))
  }

  /// The period in bits 31:0, the time to start it in the rest, in microseconds; a rule refuses longer ones.
  private func watchdogTimes(of domain: DomainPlan) -> UInt64 {
    let start = domain.declaration.watchdogStart?.value ?? DomainDeclaration.usualWatchdogStart
    return UInt64(UInt32(clamping: domain.declaration.watchdog?.value ?? 0)) | UInt64(UInt32(clamping: start)) << 32
  }

  /// What a domain sees whose CPUs are of several types: what all have in common. Empty where they are of one.
  private func identification(of domain: DomainPlan) -> [IDRegister: UInt64] {
    guard Set(domain.cpus.map(\.compatible.first)).count > 1 else { return [:] }
    let known = domain.cpus.compactMap { plan.board.identification(of: $0) }
    // A rule refuses a mix with a type that is not known.
    return known.count == domain.cpus.count ? CPUIdentification.common(known) : [:]
  }

  /// The mask, then room for sixteen values in the order of its bits.
  private func append(_ identification: [IDRegister: UInt64], to bytes: inout [UInt8]) {
    let registers = identification.sorted { $0.key < $1.key }
    bytes.append(littleEndian: registers.reduce(UInt64(0)) { $0 | 1 << UInt64($1.key.rawValue) })
    for index in 0..<16 { bytes.append(littleEndian: index < registers.count ? registers[index].value : UInt64(0)) }
  }

  private func faultPolicy(of domain: DomainPlan) -> FaultPolicy {
    switch domain.declaration.onFault.value {
    case .halt: .halt
    case .stopSystem: .stopSystem
    case .restart: .restart
    }
  }

  /// Pointer authentication unless the manifest takes it away; everything else only where it gives it.
  private func features(of domain: DomainPlan) -> DomainFeatures {
    var features: DomainFeatures = .pointerAuthentication
    for declaration in domain.declaration.features {
      let feature: DomainFeatures
      switch declaration.feature.value {
      case .pointerAuthentication: feature = .pointerAuthentication
      case .pmu: feature = .pmu
      case .sve: feature = .sve
      case .debug: feature = .debug
      }
      if declaration.isOn.value { features.insert(feature) } else { features.remove(feature) }
    }
    return features
  }

  private func append(mask intids: [UInt32], to bytes: inout [UInt8]) {
    var words = [UInt32](repeating: 0, count: 32)
    for intid in intids where intid >= 32 && intid < UInt32(Limits.interrupts) {
      words[Int(intid / 32)] |= 1 << (intid % 32)
    }
    for word in words { bytes.append(littleEndian: word) }
  }
}
