import ImageFormat
import Partition

/// A virtual device with its place in the partition table.
struct VirtualDeviceAllocation: Sendable {
  /// Index of the domain.
  let domain: Int
  /// The device.
  let device: VirtualDevice
  /// What the runtime calls its kind.
  let kind: VirtualDeviceKind
  /// Index of the record that it leads to.
  let peer: Int?

  /// Every virtual device, in the order of the records: domain by domain.
  static func all(of plan: Plan) -> [VirtualDeviceAllocation] {
    let all = plan.domains.flatMap { domain in domain.virtualDevices.map { (domain.index, $0) } }
    return all.enumerated().map { index, entry in
      let (domain, device) = entry
      /// The first record from `start` on of the same name and a kind.
      func next(_ kind: VirtualDevice.Kind, from start: Int) -> Int? {
        all.indices.dropFirst(start).first { all[$0].1.kind == kind && all[$0].1.name == device.name }
      }
      switch device.kind {
      case .doorbell:
        return VirtualDeviceAllocation(domain: domain, device: device, kind: .doorbell, peer: next(.listener, from: 0))
      case .watchdog:
        return VirtualDeviceAllocation(domain: domain, device: device, kind: .watchdog, peer: nil)
      case .listener:
        return VirtualDeviceAllocation(
          domain: domain, device: device, kind: .listener, peer: next(.listener, from: index + 1))
      }
    }
  }
}
