import Ownership

/// Reads the partition table strictly: whatever the format leaves no choice in has to stand exactly so, and every byte is
/// part of some record.
struct PartitionReader {
  private typealias Head = PartitionOffsets.Head

  private let records: RecordBytes
  private let range: AddressRange
  private let counts: Counts

  /// How many records there are of each kind, and where they start.
  private struct Counts {
    let cpus: Int
    let domains: Int
    let regions: Int
    let calls: Int
    let devices: Int
    let restarts: Int
    let spans: Int
    let copies: Int
    let steps: Int
    let smmus: Int
    let streams: Int

    var cpusAt: Int { Head.total }
    var domainsAt: Int { cpusAt + cpus * PartitionOffsets.CPU.total }
    var regionsAt: Int { domainsAt + domains * PartitionOffsets.Domain.total }
    var callsAt: Int { regionsAt + regions * PartitionOffsets.Region.total }
    var devicesAt: Int { callsAt + calls * PartitionOffsets.Call.total }
    var restart: RestartReader.Places {
      RestartReader.Places(
        start: devicesAt + devices * PartitionOffsets.Device.total, count: restarts, spans: spans, copies: copies,
        steps: steps)
    }
    var smmusAt: Int { restart.end }
    var streamsAt: Int { smmusAt + smmus * PartitionOffsets.SMMU.total }
    var end: Int { streamsAt + streams * PartitionOffsets.Stream.total }
  }

  /// Reads the table that the header names.
  ///
  /// - Throws: `VerifierError` with the first thing that is not as the format says, and its byte offset.
  static func read(_ image: MemoryImage, at sections: HypervisorSections) throws(VerifierError) -> PartitionReading {
    try PartitionReader(image, sections.partitionTable).reading()
  }

  private init(_ image: MemoryImage, _ address: UInt64) throws(VerifierError) {
    let name = "the partition table"
    let head = try RecordBytes(
      name, of: image, at: address, size: UInt64(Head.total), rule: VerifierRules.partitionTable)
    try head.require(address % 4096 == 0, at: 0, "does not start on a page")
    try head.require(
      try head.number(at: Head.magic) == PartitionOffsets.magicValue, at: Head.magic, "does not start with BULKHEAD")
    let version: UInt32 = try head.number(at: Head.version)
    try head.require(
      version == PartitionOffsets.versionValue, at: Head.version,
      "is of version \(version), and this reader knows \(PartitionOffsets.versionValue)")
    counts = try Self.counts(head)
    let size: UInt32 = try head.number(at: Head.size)
    try head.require(
      Int(size) == counts.end, at: Head.size, "says that it has \(size) bytes, and its records take \(counts.end)")
    let offsets = [
      (Head.cpusOffset, counts.cpusAt), (Head.domainsOffset, counts.domainsAt), (Head.regionsOffset, counts.regionsAt),
      (Head.callRangesOffset, counts.callsAt), (Head.virtualDevicesOffset, counts.devicesAt),
      (Head.restartsOffset, counts.restart.start),
      (Head.spansOffset, counts.restart.spansAt), (Head.copiesOffset, counts.restart.copiesAt),
      (Head.stepsOffset, counts.restart.stepsAt),
      (Head.smmusOffset, counts.smmusAt), (Head.streamsOffset, counts.streamsAt),
    ]
    for (place, expected) in offsets {
      let offset: UInt32 = try head.number(at: place)
      try head.require(
        Int(offset) == expected, at: place, "has records at \(offset) that should follow the others at \(expected)")
    }
    records = try RecordBytes(name, of: image, at: address, size: UInt64(size), rule: VerifierRules.partitionTable)
    guard let range = AddressRange(base: address, size: UInt64(size)) else {
      throw records.fault(at: 0, "runs past the end of the address space")
    }
    self.range = range
  }

  private static func counts(_ head: RecordBytes) throws(VerifierError) -> Counts {
    func count(_ offset: Int, _ limit: Int, _ what: String, atLeast least: Int = 0) throws(VerifierError) -> Int {
      let number: UInt32 = try head.number(at: offset)
      try head.require(
        (least...limit).contains(Int(number)), at: offset, "has \(number) \(what), not \(least) to \(limit)")
      return Int(number)
    }
    let domains = try count(Head.domainCount, PartitionLimits.domains, "domain records", atLeast: 1)
    return Counts(
      cpus: try count(Head.cpuCount, PartitionLimits.cpus, "CPU records", atLeast: 1), domains: domains,
      regions: try count(Head.regionCount, domains * PartitionLimits.regionsPerDomain, "region records"),
      calls: try count(Head.callRangeCount, domains * PartitionLimits.callRangesPerDomain, "call ranges"),
      devices: try count(
        Head.virtualDeviceCount, domains * PartitionLimits.virtualDevicesPerDomain, "virtual device records"),
      restarts: try count(Head.restartCount, domains, "restart records"),
      spans: try count(Head.spanCount, domains * PartitionLimits.regionsPerDomain, "spans"),
      copies: try count(Head.copyCount, domains * PartitionLimits.copiesPerDomain, "copies"),
      steps: try count(Head.stepCount, domains * PartitionLimits.stepsPerDomain, "reset steps"),
      smmus: try count(Head.smmuCount, PartitionLimits.smmus, "SMMU records"),
      streams: try count(Head.streamCount, PartitionLimits.streams, "stream records"))
  }

  private func reading() throws(VerifierError) -> PartitionReading {
    let regions = try RegionReader(records: records, start: counts.regionsAt, count: counts.regions)
    let calls = try CallReader(records: records, start: counts.callsAt, count: counts.calls)
    let restarts = try RestartReader(records: records, places: counts.restart).read()
    let devices = try VirtualDeviceReader(records: records, start: counts.devicesAt, count: counts.devices)
    let domains = try DomainReader(
      records: records, start: counts.domainsAt, count: counts.domains, cpuCount: counts.cpus
    ).read(regions: regions.regions, calls: calls.calls, devices: devices.devices, restarts: restarts)
    let cpus = try CPUReader(records: records, start: counts.cpusAt, count: counts.cpus).read()
    let smmus = try SMMUReader(
      records: records, smmusAt: counts.smmusAt, smmuCount: counts.smmus, streamsAt: counts.streamsAt,
      streamCount: counts.streams, domainCount: counts.domains, cpuCount: counts.cpus
    ).read()
    let table = try head(cpus, domains, smmus)
    try PartitionCheck(records: records, table: table, cpusAt: counts.cpusAt, domainsAt: counts.domainsAt).run()
    try VirtualDeviceCheck(
      records: records, table: table, domainsAt: counts.domainsAt, devicesAt: counts.devicesAt
    ).run()
    return table
  }

  private func head(
    _ cpus: [CPUReading], _ domains: [DomainReading], _ smmus: [SMMUReading]
  ) throws(VerifierError) -> PartitionReading {
    let base: UInt64 = try records.number(at: Head.hypervisorBase)
    let size: UInt64 = try records.number(at: Head.hypervisorSize)
    guard let hypervisor = AddressRange(base: base, size: size), hypervisor.isAligned(to: 4096),
      hypervisor.contains(range)
    else {
      throw records.fault(
        at: Head.hypervisorBase,
        "gives the hypervisor \(size.hexadecimal) bytes at \(base.hexadecimal): not whole pages with the table in them")
    }
    return PartitionReading(
      range: range, hypervisor: hypervisor,
      translationTable: try records.number(at: Head.translationTable),
      translationControl: try records.number(at: Head.translationControl),
      memoryAttributes: try records.number(at: Head.memoryAttributes),
      gicVersion: try records.number(at: Head.gicVersion),
      maintenanceINTID: try records.number(at: Head.maintenanceINTID),
      distributor: try records.number(at: Head.distributor),
      cpuInterface: try records.number(at: Head.cpuInterface),
      hypervisorInterface: try records.number(at: Head.hypervisorInterface),
      consoleKind: try records.number(at: Head.consoleKind),
      consoleINTID: try records.number(at: Head.consoleINTID),
      consoleBase: try records.number(at: Head.consoleBase),
      consoleCPU: try records.number(at: Head.consoleCPU),
      cpuStart: try records.number(at: Head.cpuStart),
      virtualTimerINTID: try records.number(at: Head.virtualTimerINTID),
      physicalTimerINTID: try records.number(at: Head.physicalTimerINTID),
      hypervisorTimerINTID: try records.number(at: Head.hypervisorTimerINTID),
      timerFrequency: try records.number(at: Head.timerFrequency),
      physicalAddressBits: try records.number(at: Head.physicalAddressBits),
      bootCPU: try records.number(at: Head.bootCPU),
      machineFlags: try records.number(at: Head.machineFlags), cpus: cpus, domains: domains,
      healthPage: try records.number(at: Head.healthPage), smmus: smmus)
  }
}
