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
}

extension VirtualDeviceRequest {
  /// A domain's watchdog, if it has one; it comes first.
  static func watchdog(of declaration: DomainDeclaration) -> [VirtualDeviceRequest] {
    declaration.watchdog == nil
      ? [] : [VirtualDeviceRequest(kind: .watchdog, name: "watchdog", size: 2 * Granule.page, hasLine: true)]
  }

  /// The virtual devices of a domain, in the order of their records: those of its channels in the manifest's order.
  static func all(of domain: String, in manifest: Manifest) -> [VirtualDeviceRequest] {
    manifest.channels.flatMap { channel -> [VirtualDeviceRequest] in
      guard channel.doorbell?.value == true else { return [] }
      let name = channel.name.value
      if channel.writer.value == domain {
        return [VirtualDeviceRequest(kind: .doorbell, name: name, size: Granule.page, hasLine: false)]
      }
      let listens = channel.readers.contains { $0.value == domain }
      return listens ? [VirtualDeviceRequest(kind: .listener, name: name, size: 0, hasLine: true)] : []
    }
  }
}
