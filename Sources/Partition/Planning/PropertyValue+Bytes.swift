import Manifest

extension PropertyValue {
  /// The value as a device tree holds it: texts end in a zero byte, cells are big-endian (devicetree specification
  /// v0.4, 2.2.4).
  var bytes: [UInt8] {
    switch self {
    case .empty: []
    case .strings(let strings): strings.flatMap { Array($0.utf8) + [0] }
    case .cell(let cell): Self.bigEndian(cell)
    case .bytes(let bytes): bytes
    case .cells(let cells): cells.flatMap(Self.bigEndian)
    }
  }

  private static func bigEndian(_ cell: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: cell >> $0) }
  }
}
