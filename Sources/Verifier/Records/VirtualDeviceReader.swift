import Ownership

/// Reads the virtual device records.
struct VirtualDeviceReader {
  private typealias Device = PartitionOffsets.Device

  /// The devices in the order of their records.
  let devices: [VirtualDeviceReading]

  /// Reads `count` records from an offset.
  init(records: RecordBytes, start: Int, count: Int) throws(VerifierError) {
    var devices: [VirtualDeviceReading] = []
    for index in 0..<count {
      devices.append(try Self.read(records, at: start + index * Device.total, index, of: count))
    }
    self.devices = devices
  }

  private static func read(
    _ records: RecordBytes, at place: Int, _ index: Int, of count: Int
  ) throws(VerifierError) -> VirtualDeviceReading {
    let number: UInt32 = try records.number(at: place + Device.kind)
    guard let kind = VirtualDeviceReading.Kind(rawValue: number) else {
      throw records.fault(at: place + Device.kind, "has virtual device \(index) of kind \(number), which means nothing")
    }
    let domain: UInt32 = try records.number(at: place + Device.domain)
    let intid: UInt32 = try records.number(at: place + Device.intid)
    try records.require(
      intid == 0 || (32..<PartitionLimits.interrupts).contains(intid), at: place + Device.intid,
      "gives virtual device \(index) the interrupt \(intid), which is no SPI")
    let peer: UInt32 = try records.number(at: place + Device.peer)
    try records.require(
      peer == Device.noPeer || Int(peer) < count, at: place + Device.peer,
      "leads from virtual device \(index) to record \(peer) of \(count)")
    let base: UInt64 = try records.number(at: place + Device.base)
    let size: UInt64 = try records.number(at: place + Device.size)
    let registers = AddressRange(base: base, size: size)
    try records.require(
      base == 0 && size == 0 || base != 0 && registers?.isAligned(to: Granule.page) ?? false, at: place + Device.base,
      "has virtual device \(index) with \(size.hexadecimal) bytes at \(base.hexadecimal): not whole pages")
    let state: UInt64 = try records.number(at: place + Device.state)
    try records.require(
      (state == 0) == (kind.stateSize == 0), at: place + Device.state,
      "has a state for virtual device \(index) that does not go with its kind")
    let parameter: UInt64 = try records.number(at: place + Device.parameter)
    try records.require(
      parameter == 0 || kind == .watchdog || kind == .pciFunction, at: place + Device.parameter,
      "has a parameter of virtual device \(index), whose kind has none")
    return VirtualDeviceReading(
      index: index, kind: kind, domain: Int(domain), intid: intid == 0 ? nil : intid,
      peer: peer == Device.noPeer ? nil : Int(peer), registers: size == 0 ? nil : registers, state: state,
      parameter: parameter)
  }
}
