/// What an access to the GIC's registers is about: fields of one width, one for each of some lines.
///
/// Arm IHI 0069 12.8 and 12.10, Arm IHI 0048 4.3: registers that stand side by side are an array indexed by INTID.
struct RegisterField {
  enum Kind {
    case group, setEnable, clearEnable, setPending, clearPending, setActive, clearActive, priority, targets
    case configuration, route, clearSenders, setSenders
  }

  /// Which registers a place has.
  enum Frame {
    /// A GICv3's distributor: SPIs.
    case distributor
    /// A GICv2's distributor: all lines, SGIs and PPIs those of the CPU that looks.
    case bankedDistributor
    /// The SGI frame of a GICv3's redistributor: SGIs and PPIs.
    case interruptFrame
  }

  var kind: Kind
  /// Bits of a field.
  var width: Int
  /// First line and how many, wherever the access touches their fields as a whole.
  var first: Int
  var count: Int

  private static let common: [(UInt32, Int, Kind)] = [
    (0x080, 1, .group), (0x100, 1, .setEnable), (0x180, 1, .clearEnable), (0x200, 1, .setPending),
    (0x280, 1, .clearPending), (0x300, 1, .setActive), (0x380, 1, .clearActive), (0x400, 8, .priority),
    (0xC00, 2, .configuration),
  ]

  /// The field array at an offset of a frame; nil where there is none, or where it may not be accessed by this size.
  init?(_ frame: Frame, offset: UInt32, size: Int) {
    var arrays = Self.common
    let lines = frame == .interruptFrame ? 32 : 1024
    if frame == .distributor { arrays.append((0x6000, 64, .route)) }
    if frame == .bankedDistributor { arrays.append((0x800, 8, .targets)) }
    var found = arrays.first { offset >= $0.0 && Int(offset - $0.0) < lines * $0.1 / 8 }
    if frame == .bankedDistributor {
      if (0xF10..<0xF20).contains(offset) { found = (0xF10, 8, .clearSenders) }
      if (0xF20..<0xF30).contains(offset) { found = (0xF20, 8, .setSenders) }
    }
    guard let (base, width, kind) = found else { return nil }
    switch size {
    case 4: break
    case 1: if width != 8 { return nil }
    case 8: if width != 64 { return nil }
    default: return nil
    }
    // Of a route only the low word does anything: no CPU of a domain has an Aff3.
    if width == 64, offset % 8 != 0 { return nil }
    self.kind = kind
    self.width = width
    first = Int(offset - base) * 8 / width
    count = max(size * 8 / width, 1)
    if frame == .distributor, first < 32 { return nil }
  }
}
