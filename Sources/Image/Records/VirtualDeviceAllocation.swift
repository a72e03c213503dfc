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
      /// The first record from `start` on that hears the doorbell of the same channel.
      func listener(from start: Int) -> Int? {
        all.indices.dropFirst(start).first { all[$0].1.isListener && all[$0].1.name == device.name }
      }
      let kind: VirtualDeviceKind
      var peer: Int?
      switch device.kind {
      case .doorbell: (kind, peer) = (.doorbell, listener(from: 0))
      case .listener: (kind, peer) = (.listener, listener(from: index + 1))
      case .pciHost: kind = .pciHost
      case .function(let position): (kind, peer) = (.pciFunction, listener(from: position == 0 ? 0 : index + 1))
      case .functionMemory: kind = .functionMemory
      case .watchdog: kind = .watchdog
      }
      return VirtualDeviceAllocation(domain: domain, device: device, kind: kind, peer: peer)
    }
  }

  /// What its kind makes of it.
  var parameter: UInt64 {
    guard case .function(let position) = device.kind else { return 0 }
    return UInt64(position)
  }
}

extension VirtualDevice {
  /// Whether a doorbell leads to it.
  var isListener: Bool {
    switch kind {
    case .listener: true
    case .function(let position): position > 0
    case .doorbell, .watchdog, .pciHost, .functionMemory: false
    }
  }
}
