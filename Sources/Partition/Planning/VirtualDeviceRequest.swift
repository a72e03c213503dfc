import Manifest
import Ownership

/// A virtual device that a domain is to have, before its addresses are chosen.
struct VirtualDeviceRequest {
  /// What it is.
  let kind: VirtualDevice.Kind
  /// What it belongs to.
  let name: String
  /// Bytes of registers, whole pages; 0 for none.
  let size: UInt64
  /// It interrupts the domain.
  let hasLine: Bool
  /// Where its registers are, if that is decided already.
  var place: AddressRange?
}

extension VirtualDeviceRequest {
  /// A domain's watchdog, if it has one; it comes first.
  static func watchdog(of declaration: DomainDeclaration) -> [VirtualDeviceRequest] {
    declaration.watchdog == nil
      ? [] : [VirtualDeviceRequest(kind: .watchdog, name: "watchdog", size: 2 * Granule.page, hasLine: true)]
  }

  /// Bytes of the configuration space of one bus in the form of CAM.
  private static let busSize: UInt64 = 64 << 10

  /// The virtual devices of a domain, in the order of their records: a PCI bus where it sees channels on one, then those of
  /// its channels in the manifest's order. `channels` are those that have a place.
  static func all(
    of domain: String, in manifest: Manifest, channels: [ChannelPlan]
  ) -> [VirtualDeviceRequest] {
    let devices = manifest.channels.flatMap { channel -> [VirtualDeviceRequest] in
      let position = Self.position(of: domain, in: channel, manifest)
      guard channel.doorbell?.value == true, let position else { return [] }
      let name = channel.name.value
      if channel.form(for: domain) == .pci {
        guard let plan = channels.first(where: { $0.name == name }) else { return [] }
        return [
          VirtualDeviceRequest(
            kind: .function(position: position), name: name, size: Granule.page, hasLine: position > 0),
          VirtualDeviceRequest(
            kind: .functionMemory, name: name, size: plan.memory.size, hasLine: false, place: plan.memory),
        ]
      }
      return position == 0
        ? [VirtualDeviceRequest(kind: .doorbell, name: name, size: Granule.page, hasLine: false)]
        : [VirtualDeviceRequest(kind: .listener, name: name, size: 0, hasLine: true)]
    }
    let hasBus = devices.contains { $0.kind == .functionMemory }
    let bus = VirtualDeviceRequest(kind: .pciHost, name: "pci", size: busSize, hasLine: false)
    return (hasBus ? [bus] : []) + devices
  }

  /// 0 for a channel's writer, from 1 on for its readers in the order of their domains, `nil` for others.
  private static func position(of domain: String, in channel: ChannelDeclaration, _ manifest: Manifest) -> Int? {
    if channel.writer.value == domain { return 0 }
    let readers = Set(channel.readers.map(\.value))
    return manifest.domains.map(\.name.value).filter(readers.contains).firstIndex(of: domain).map { $0 + 1 }
  }
}
