/// The interrupt specifiers of Arm's GICs: three cells (type, number, flags), with GICv3 or later sometimes four
/// (the last names a set of CPUs for a PPI). Kernel bindings `arm,gic.yaml` and `arm,gic-v3.yaml`.
enum GICSpecifier {
  /// What a specifier means, or what is wrong with it.
  enum Decoded {
    case interrupt(intid: UInt32, kind: ResolvedInterrupt.Kind)
    case malformed(String)
  }

  /// INTID ranges (GIC architecture specification IHI 0069, section 2.2.1), and how many of each there are.
  private static let classes: [UInt32: (first: UInt32, count: UInt32, kind: ResolvedInterrupt.Kind, name: String)] = [
    0: (32, 988, .shared, "shared"),
    1: (16, 16, .private, "private"),
    2: (4096, 1024, .shared, "extended shared"),
    3: (1056, 64, .private, "extended private"),
  ]

  /// Decodes a specifier of at least three cells.
  static func decode(_ cells: [UInt32], isVersion3: Bool) -> Decoded {
    guard cells.count >= 3 else { return .malformed("has \(cells.count) cells where a GIC wants 3") }
    let type = cells[0]
    guard let range = classes[type], isVersion3 || type < 2 else {
      return .malformed("has type \(type), which is neither 0 (SPI) nor 1 (PPI)")
    }
    guard cells[1] < range.count else {
      return .malformed("names \(range.name) interrupt \(cells[1]); the last one there is \(range.count - 1)")
    }
    return .interrupt(intid: range.first + cells[1], kind: range.kind)
  }

  /// Whether the flags cell asks for edge triggering (bits 1:0; level is in bits 3:2).
  static func isEdge(_ flags: UInt32) -> Bool { flags & 0x3 != 0 }
}
