/// Something that firmware is asked to change: a clock, a reset line, a power node, a pin.
public struct FirmwareObject: Hashable, Sendable {
  /// What it is.
  public enum Kind: String, Sendable {
    case clock
    case reset = "reset line"
    case power = "power node"
    case pin
  }

  /// What it is.
  public let kind: Kind
  /// Its number as the firmware counts.
  public let number: UInt32
  /// Bits of a call's first argument that say that it is this one.
  let mask: UInt64
  /// What those bits are.
  let value: UInt64

  /// An object that a call names by its number.
  init(_ kind: Kind, number: UInt32) {
    self.kind = kind
    self.number = number
    mask = 0xFFFF_FFFF
    value = UInt64(number)
  }

  /// A clock. On Versal the tree has its position alone, and a call its class (2, bits 31:26), subclass and type as well
  /// (Linux, drivers/clk/zynqmp/clkc.c, `CLK_ATTR_NODE_INDEX` and `CLK_ATTR_NODE_CLASS`); positions are unique.
  init(clock number: UInt32, isVersal: Bool) {
    kind = .clock
    self.number = number
    mask = isVersal ? 0xFC00_3FFF : 0xFFFF_FFFF
    value = isVersal ? 0x0800_0000 | UInt64(number & 0x3FFF) : UInt64(number)
  }
}

extension FirmwareObject: Comparable {
  /// By kind, then by number.
  public static func < (left: FirmwareObject, right: FirmwareObject) -> Bool {
    (left.kind.rawValue, left.number) < (right.kind.rawValue, right.number)
  }
}
