import Manifest

/// What the hypervisor has to emulate for the sake of channels, by the manifest alone.
struct ExpectedChannelDevices {
  /// One device.
  struct Device: Hashable {
    /// What it is.
    let kind: VirtualDeviceReading.Kind
    /// The channel; `nil` for the bus that all channels of a domain share.
    let channel: String?
    /// The position of a PCI function among the channel's parties.
    let parameter: UInt64
  }

  /// The devices of a domain, in the order of their records: the bus, if it sees channels on one, then those of each channel
  /// with a doorbell, in the manifest's order.
  static func devices(of domain: String, in manifest: Manifest) -> [Device] {
    let devices = manifest.channels.filter { $0.doorbell?.value == true }.flatMap { channel -> [Device] in
      let readers = manifest.domains.map(\.name.value).filter { name in
        channel.readers.contains { $0.value == name }
      }
      let isWriter = channel.writer.value == domain
      guard isWriter || readers.contains(domain) else { return [] }
      let name = channel.name.value
      guard channel.form(for: domain) == .pci else {
        return [Device(kind: isWriter ? .doorbell : .listener, channel: name, parameter: 0)]
      }
      let position = isWriter ? 0 : (readers.firstIndex(of: domain) ?? 0) + 1
      return [
        Device(kind: .pciFunction, channel: name, parameter: UInt64(position)),
        Device(kind: .functionMemory, channel: name, parameter: 0),
      ]
    }
    let hasBus = devices.contains { $0.kind == .pciFunction }
    return (hasBus ? [Device(kind: .pciHost, channel: nil, parameter: 0)] : []) + devices
  }

  /// The records of a domain by the channels that they are for: its doorbell, its line or its function. Empty where the
  /// records are not the manifest's, of which BH-VER-140 tells.
  static func records(of record: DomainReading, in manifest: Manifest) -> [String: VirtualDeviceReading] {
    let wanted = devices(of: record.name, in: manifest)
    let found = record.virtualDevices.filter(\.kind.isForChannels)
    guard found.map(\.kind) == wanted.map(\.kind) else { return [:] }
    let named = zip(wanted, found).filter { $0.1.kind != .functionMemory }.compactMap { wanted, found in
      wanted.channel.map { ($0, found) }
    }
    return Dictionary(named) { first, _ in first }
  }
}

extension VirtualDeviceReading.Kind {
  /// Whether channels are what it is there for.
  var isForChannels: Bool {
    switch self {
    case .doorbell, .listener, .pciHost, .pciFunction, .functionMemory: true
    case .watchdog: false
    }
  }
}
