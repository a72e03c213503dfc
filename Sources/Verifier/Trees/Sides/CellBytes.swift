/// Numbers as the big-endian cells of a property (devicetree specification v0.4, 2.2.4).
enum CellBytes {
  /// One cell.
  static func cell(_ value: UInt32) -> [UInt8] {
    [UInt8(value >> 24), UInt8(value >> 16 & 0xFF), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF)]
  }

  /// Several cells.
  static func cells(_ values: some Sequence<UInt32>) -> [UInt8] {
    var bytes: [UInt8] = []
    for value in values { bytes += cell(value) }
    return bytes
  }

  /// A number in two cells.
  static func number(_ value: UInt64) -> [UInt8] {
    cell(UInt32(truncatingIfNeeded: value >> 32)) + cell(UInt32(truncatingIfNeeded: value))
  }

  /// The lowest `count` cells of a number, most significant first.
  static func cells(of value: UInt64, count: Int) -> [UInt32] {
    (0..<count).map { index in
      let shift = 32 * (count - 1 - index)
      return shift < 64 ? UInt32(truncatingIfNeeded: value >> UInt64(shift)) : 0
    }
  }
}
