import Ownership

/// What the records of virtual devices, the domains' and each other have to say of one another.
struct VirtualDeviceCheck {
  private typealias Domain = PartitionOffsets.Domain
  private typealias Device = PartitionOffsets.Device

  /// For messages.
  let records: RecordBytes
  let table: PartitionReading
  /// Offsets of the first records.
  let domainsAt: Int
  let devicesAt: Int

  /// Refuses the first thing that does not fit.
  func run() throws(VerifierError) {
    for (index, domain) in table.domains.enumerated() {
      let place = domainsAt + index * Domain.total
      try checkLines(domain, at: place)
      for device in domain.virtualDevices {
        try records.require(
          device.domain == index, at: devicesAt + device.index * Device.total + Device.domain,
          "says that virtual device \(device.index) is of domain record \(device.domain), and domain \(domain.name) has it"
        )
      }
      try checkWindows(domain)
      // 0xFFFFFFFF for none.
      let watchdogs = domain.virtualDevices.filter { $0.kind == .watchdog }.map { UInt32($0.index) }
      try records.require(
        watchdogs == [domain.watchdog].filter { $0 != 0xFFFF_FFFF }, at: place + Domain.watchdog,
        "says that the watchdog of domain \(domain.name) is virtual device \(domain.watchdog)")
    }
    let devices = table.domains.flatMap(\.virtualDevices)
    for device in devices { try checkChain(device, devices) }
  }

  /// The lines that EL2 makes are exactly those of the console and the virtual devices, each of one of them, and none is
  /// a physical line of the domain.
  private func checkLines(_ domain: DomainReading, at place: Int) throws(VerifierError) {
    let lines = [domain.consoleINTID].filter { $0 != 0 } + domain.virtualDevices.compactMap(\.intid)
    try records.require(
      lines.sorted() == domain.virtualInterrupts, at: place + Domain.virtualInterrupts,
      "has the lines \(domain.virtualInterrupts) made for domain \(domain.name), and its virtual devices have \(lines)")
    try records.require(
      Set(lines).isDisjoint(with: domain.interrupts), at: place + Domain.virtualInterrupts,
      "has lines made for domain \(domain.name) that are physical ones of it")
  }

  /// Nothing that EL2 emulates for a domain stands where something else does.
  private func checkWindows(_ domain: DomainReading) throws(VerifierError) {
    let isVersion3 = table.gicVersion == 3
    var windows = [
      AddressRange(base: domain.distributor, size: isVersion3 ? 64 << 10 : 4 << 10),
      AddressRange(base: domain.redistributor, size: isVersion3 ? UInt64(domain.cpus.count) * (128 << 10) : 0),
      AddressRange(base: domain.consoleBase, size: domain.consoleBase == 0 ? 0 : Granule.page),
    ].compactMap { $0 }
    for device in domain.virtualDevices {
      guard let registers = device.registers else { continue }
      try records.require(
        !windows.contains { $0.overlaps(registers) }, at: devicesAt + device.index * Device.total + Device.base,
        "has virtual device \(device.index) at \(registers), where something else of domain \(domain.name) is emulated")
      windows.append(registers)
    }
  }

  /// A doorbell leads to listeners of other domains, one after the other, and no listener hears two doorbells.
  private func checkChain(_ device: VirtualDeviceReading, _ devices: [VirtualDeviceReading]) throws(VerifierError) {
    let place = devicesAt + device.index * Device.total
    let peer = device.peer.map { devices[$0] }
    let isFirst = devices.first { $0.peer != nil && $0.peer == device.peer }?.index == device.index
    try records.require(
      device.peer == nil || isFirst, at: place + Device.peer, "leads to virtual device \(device.peer ?? 0) twice")
    if device.isDoorbell {
      try records.require(
        peer.map { $0.isListener && $0.domain != device.domain } ?? false, at: place + Device.peer,
        "has doorbell \(device.index) that no other domain hears")
    } else if device.isListener {
      try records.require(
        peer.map { $0.isListener && $0.index > device.index && $0.domain != device.domain } ?? true,
        at: place + Device.peer, "leads from listener \(device.index) to none of another domain behind it")
      try records.require(
        devices.contains { $0.peer == device.index }, at: place, "has listener \(device.index) that hears nothing")
    }
    switch device.kind {
    case .doorbell:
      try records.require(
        device.registers != nil && device.intid == nil, at: place, "has doorbell \(device.index) with a line or no page"
      )
    case .watchdog:
      try records.require(
        device.registers?.size == 2 * Granule.page && device.intid != nil && device.peer == nil, at: place,
        "has watchdog \(device.index) without its two frames, without a line or with a peer")
    case .listener:
      try records.require(
        device.registers == nil && device.intid != nil, at: place, "has listener \(device.index) with a page or no line"
      )
    case .pciHost, .pciFunction, .functionMemory: try checkBus(device, devices)
    }
  }
}
