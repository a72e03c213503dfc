import Ownership

/// Reads the domain records, and which of the other records are theirs: each takes the next ones, and none is left over.
struct DomainReader {
  private typealias Domain = PartitionOffsets.Domain

  let records: RecordBytes
  /// Offset of the first record.
  let start: Int
  let count: Int
  /// How many CPU records there are.
  let cpuCount: Int

  /// What the domains read so far have taken of the other records.
  private struct Taken {
    var cpus = 0
    var regions = 0
    var calls = 0
    var devices = 0
    var restarts = 0
  }

  /// The domains in the order of their records.
  func read(
    regions: [AddressRange], calls: [CallReading], devices: [VirtualDeviceReading], restarts: [RestartReading]
  ) throws(VerifierError) -> [DomainReading] {
    var taken = Taken()
    var domains: [DomainReading] = []
    for index in 0..<count { domains.append(try read(index, regions, calls, devices, restarts, &taken)) }
    let last = start + (count - 1) * Domain.total
    try records.require(
      taken.regions == regions.count, at: last + Domain.regionCount,
      "has \(regions.count) region records, and its domains take \(taken.regions)")
    try records.require(
      taken.calls == calls.count, at: last + Domain.callRangeCount,
      "has \(calls.count) call ranges, and its domains take \(taken.calls)")
    try records.require(
      taken.devices == devices.count, at: last + Domain.virtualDeviceCount,
      "has \(devices.count) virtual device records, and its domains take \(taken.devices)")
    try records.require(
      taken.restarts == restarts.count, at: last + Domain.restart,
      "has \(restarts.count) restart records, and its domains take \(taken.restarts)")
    return domains
  }

  private func read(
    _ index: Int, _ regions: [AddressRange], _ calls: [CallReading], _ devices: [VirtualDeviceReading],
    _ restarts: [RestartReading], _ taken: inout Taken
  ) throws(VerifierError) -> DomainReading {
    let place = start + index * Domain.total
    let name = try name(at: place)
    let cpus = try run(
      place + Domain.firstCPU, 1...PartitionLimits.cpusPerDomain, &taken.cpus, of: cpuCount, "CPU records", name)
    let owned = try run(
      place + Domain.firstRegion, 1...PartitionLimits.regionsPerDomain, &taken.regions, of: regions.count,
      "region records", name)
    let called = try run(
      place + Domain.firstCallRange, 0...PartitionLimits.callRangesPerDomain, &taken.calls, of: calls.count,
      "call ranges", name)
    let emulated = try run(
      place + Domain.firstVirtualDevice, 0...PartitionLimits.virtualDevicesPerDomain, &taken.devices,
      of: devices.count, "virtual device records", name)
    let interrupts = try intids(at: place + Domain.interrupts, name)
    let edges = try intids(at: place + Domain.edgeInterrupts, name)
    try records.require(
      Set(edges).isSubset(of: interrupts), at: place + Domain.edgeInterrupts,
      "makes interrupts of domain \(name) edge triggered that it does not own")
    return DomainReading(
      name: name,
      stage2Table: try records.number(at: place + Domain.stage2Table),
      stage2Control: try records.number(at: place + Domain.stage2Control),
      entry: try records.number(at: place + Domain.entry),
      treeAddress: try records.number(at: place + Domain.treeAddress),
      state: try records.number(at: place + Domain.state),
      distributor: try records.number(at: place + Domain.distributor),
      redistributor: try records.number(at: place + Domain.redistributor),
      consoleBase: try records.number(at: place + Domain.consoleBase),
      consoleINTID: try records.number(at: place + Domain.consoleINTID),
      onFault: try records.number(at: place + Domain.onFault),
      criticality: try records.number(at: place + Domain.criticality),
      features: try records.number(at: place + Domain.features),
      cpus: cpus, regions: Array(regions[owned]), calls: Array(calls[called]),
      interrupts: interrupts, edgeInterrupts: edges, identification: try identification(at: place, name),
      pmuINTID: try records.number(at: place + Domain.pmuINTID),
      watchdog: try records.number(at: place + Domain.watchdog),
      flags: try records.number(at: place + Domain.flags),
      virtualInterrupts: try virtualInterrupts(at: place, name), virtualDevices: Array(devices[emulated]),
      restart: try restart(at: place, restarts, &taken.restarts, name),
      restartLimit: try records.number(at: place + Domain.restartLimit))
  }

  /// The next restart record, or none.
  private func restart(
    at place: Int, _ restarts: [RestartReading], _ taken: inout Int, _ name: String
  ) throws(VerifierError) -> RestartReading? {
    let index: UInt32 = try records.number(at: place + Domain.restart)
    if index == Domain.noRestart { return nil }
    try records.require(
      Int(index) == taken && taken < restarts.count, at: place + Domain.restart,
      "gives domain \(name) the restart record \(index), and the next one of \(restarts.count) is \(taken)")
    defer { taken += 1 }
    return restarts[taken]
  }

  /// The name: visible ASCII characters, then zeros to the end of the field, one at least.
  private func name(at place: Int) throws(VerifierError) -> String {
    let field = try records.slice(place..<place + Domain.nameSize)
    let letters = field.prefix { $0 != 0 }
    try records.require(
      !letters.isEmpty && letters.allSatisfy { (0x21...0x7E).contains($0) }, at: place,
      "has a domain whose name is not of visible ASCII characters")
    let rest = field[letters.endIndex...]
    try records.require(
      !rest.isEmpty && rest.allSatisfy { $0 == 0 }, at: letters.endIndex,
      "has a domain whose name is not ended and padded by zeros")
    return String(decoding: letters, as: UTF8.self)
  }

  /// The next records of a kind: first index at an offset, how many behind it.
  private func run(
    _ offset: Int, _ allowed: ClosedRange<Int>, _ taken: inout Int, of total: Int, _ what: String, _ name: String
  ) throws(VerifierError) -> Range<Int> {
    let first: UInt32 = try records.number(at: offset)
    let count: UInt32 = try records.number(at: offset + 4)
    try records.require(
      Int(first) == taken, at: offset,
      "gives domain \(name) the \(what) from \(first), and those before it end with \(taken)")
    try records.require(
      allowed.contains(Int(count)) && Int(count) <= total - taken, at: offset + 4,
      "gives domain \(name) \(count) \(what), not \(allowed.lowerBound) to "
        + "\(min(allowed.upperBound, total - taken))")
    let run = taken..<taken + Int(count)
    taken = run.upperBound
    return run
  }

  /// The INTIDs in a bitmap, ascending; none below 32 or from 1020.
  private func intids(at place: Int, _ name: String) throws(VerifierError) -> [UInt32] {
    var intids: [UInt32] = []
    for index in 0..<32 {
      var word: UInt32 = try records.number(at: place + 4 * index)
      while word != 0 {
        let intid = UInt32(index) * 32 + UInt32(word.trailingZeroBitCount)
        try records.require(
          intid >= 32 && intid < PartitionLimits.interrupts, at: place + 4 * index,
          "gives domain \(name) the interrupt \(intid), which is no SPI")
        intids.append(intid)
        word &= word - 1
      }
    }
    return intids
  }

  /// The INTIDs that EL2 makes: bits of one word, which is 0 if there are none.
  private func virtualInterrupts(at place: Int, _ name: String) throws(VerifierError) -> [UInt32] {
    let word: UInt32 = try records.number(at: place + Domain.virtualWord)
    let bits: UInt32 = try records.number(at: place + Domain.virtualInterrupts)
    try records.require(
      bits == 0 ? word == 0 : (1..<32).contains(word), at: place + Domain.virtualWord,
      "makes lines of word \(word) for domain \(name)")
    let intids = (0..<UInt32(32)).filter { bits >> $0 & 1 != 0 }.map { word * 32 + $0 }
    try records.require(
      intids.allSatisfy { $0 < PartitionLimits.interrupts }, at: place + Domain.virtualInterrupts,
      "makes lines for domain \(name) that are no SPIs")
    return intids
  }

  private func identification(at place: Int, _ name: String) throws(VerifierError) -> [IdentificationReading] {
    var mask: UInt64 = try records.number(at: place + Domain.identificationMask)
    try records.require(
      mask.nonzeroBitCount <= Domain.identificationCount, at: place + Domain.identificationMask,
      "replaces \(mask.nonzeroBitCount) identification registers of domain \(name), more than it has values for")
    var readings: [IdentificationReading] = []
    for index in 0..<Domain.identificationCount {
      let offset = place + Domain.identification + 8 * index
      let value: UInt64 = try records.number(at: offset)
      guard mask != 0 else {
        try records.require(value == 0, at: offset, "has a value of no identification register for domain \(name)")
        continue
      }
      let register = mask.trailingZeroBitCount
      try records.require(
        PartitionLimits.identificationRegisters.contains(register), at: place + Domain.identificationMask,
        "replaces register \(register) of domain \(name), which is no identification register that traps")
      readings.append(IdentificationReading(register: register, value: value))
      mask &= mask - 1
    }
    return readings
  }
}
