import VirtualDisk

/// Shared pages in an array. An access outside them fails the test at once, as a guest would take an abort.
final class ModelPages: SharedPages {
  let range: PageRange
  private var bytes: [UInt8]
  /// Called before each load of 16 bits: what the other side does in between.
  var meanwhile: ((ModelPages, UInt64) -> Void)?

  init(base: UInt64 = 0x7FE0_0000, size: Int = 1 << 20) {
    guard let range = PageRange(base: base, size: UInt64(size)) else { fatalError("no pages") }
    self.range = range
    bytes = Array(repeating: 0, count: size)
  }

  private func offset(_ address: UInt64, _ size: UInt64) -> Int {
    precondition(range.contains(address, size: size) && address % size == 0, "an access outside the pages")
    return Int(address - range.base)
  }

  func load8(_ address: UInt64) -> UInt8 { bytes[offset(address, 1)] }
  func store8(_ address: UInt64, _ value: UInt8) { bytes[offset(address, 1)] = value }
  func load16(_ address: UInt64) -> UInt16 {
    meanwhile?(self, address)
    let place = offset(address, 2)
    return UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8
  }
  func store16(_ address: UInt64, _ value: UInt16) {
    let place = offset(address, 2)
    bytes[place] = UInt8(truncatingIfNeeded: value)
    bytes[place + 1] = UInt8(truncatingIfNeeded: value >> 8)
  }
  func load32(_ address: UInt64) -> UInt32 {
    let place = offset(address, 4)
    return (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) }
  }
  func store32(_ address: UInt64, _ value: UInt32) {
    let place = offset(address, 4)
    for index in 0..<4 { bytes[place + index] = UInt8(truncatingIfNeeded: value >> UInt32(8 * index)) }
  }
  func barrier() {}
}

/// A disk in an array.
final class ModelDisk: BlockStorage {
  private(set) var bytes: [UInt8]

  init(sectors: Int) { bytes = (0..<sectors * 512).map { UInt8(truncatingIfNeeded: $0 / 512 ^ $0) } }

  var sectors: UInt64 { UInt64(bytes.count / 512) }
  func load(_ offset: UInt64) -> UInt8 { bytes[Int(offset)] }
  func store(_ offset: UInt64, _ value: UInt8) { bytes[Int(offset)] = value }
}
