import Ownership

extension VirtualDeviceCheck {
  private typealias Device = PartitionOffsets.Device

  /// Bytes of configuration space of one bus of 32 devices with 8 functions of 256 bytes each (PCI Local Bus 3.0, 3.2.2.3).
  private static var busSize: UInt64 { 64 << 10 }

  /// A bus, its functions and their channels' pages: one bus where there are functions, and behind each function's record
  /// that of its pages.
  func checkBus(_ device: VirtualDeviceReading, _ devices: [VirtualDeviceReading]) throws(VerifierError) {
    let place = devicesAt + device.index * Device.total
    func neighbour(_ offset: Int) -> VirtualDeviceReading? {
      let index = device.index + offset
      return devices.indices.contains(index) && devices[index].domain == device.domain ? devices[index] : nil
    }
    switch device.kind {
    case .doorbell, .listener, .watchdog: return
    case .pciHost:
      let siblings = devices.filter { $0.domain == device.domain }
      try records.require(
        device.registers?.size == Self.busSize && device.intid == nil && device.peer == nil, at: place,
        "has PCI bus \(device.index) with a line or a peer, or not of 64 KiB")
      try records.require(
        siblings.filter { $0.kind == .pciHost }.count == 1 && siblings.contains { $0.kind == .pciFunction }, at: place,
        "has PCI bus \(device.index) without functions, or beside another one")
    case .pciFunction:
      try records.require(
        device.registers?.size == Granule.page && (device.intid != nil) == device.isListener, at: place,
        "has PCI function \(device.index) without its page, without a reader's line or with a writer's")
      try records.require(
        neighbour(1)?.kind == .functionMemory && devices.contains { $0.domain == device.domain && $0.kind == .pciHost },
        at: place, "has PCI function \(device.index) without its channel's pages behind it, or without a bus")
      try checkPosition(device, devices)
    case .functionMemory:
      try records.require(
        device.registers != nil && device.intid == nil && device.peer == nil, at: place,
        "has the pages \(device.index) of a PCI function with a line or a peer, or without any page")
      try records.require(
        neighbour(-1)?.kind == .pciFunction, at: place,
        "has the pages \(device.index) of a PCI function behind no function")
    }
  }

  /// A reader's position is its place among the listeners of its doorbell, from 1.
  private func checkPosition(
    _ device: VirtualDeviceReading, _ devices: [VirtualDeviceReading]
  ) throws(VerifierError) {
    var position: UInt64 = 0
    var current = device
    // Each step leads to a record that no other leads to, so that there is an end.
    while position < UInt64(devices.count), let earlier = devices.first(where: { $0.peer == current.index }) {
      position += 1
      current = earlier
    }
    try records.require(
      device.parameter == position, at: devicesAt + device.index * Device.total + Device.parameter,
      "has PCI function \(device.index) at position \(device.parameter) of its channel, and it is number \(position)")
  }
}
