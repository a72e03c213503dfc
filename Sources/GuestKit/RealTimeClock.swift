import GuestSupport
import GuestTree

/// A PL031, which counts seconds (Arm DDI 0224, 3.3).
public struct RealTimeClock {
  private static var match: UInt64 { 0x04 }
  private static var control: UInt64 { 0x0C }
  private static var mask: UInt64 { 0x10 }
  private static var maskedStatus: UInt64 { 0x18 }
  private static var clear: UInt64 { 0x1C }

  private let base: UInt64
  /// Its INTID; `nil` where the tree names no SPI for it.
  public let interrupt: UInt32?

  /// The tree's first PL031; `nil` where it has none.
  public init?(tree: Span<UInt8>) {
    guard let node = TreeSearch.find(.compatible("arm,pl031"), in: tree), let registers = node.registers(0, in: tree)
    else { return nil }
    base = registers.base
    if node.cell(0, of: "interrupts", in: tree) == 0, let number = node.cell(1, of: "interrupts", in: tree),
      number < 988
    {
      interrupt = number + 32
    } else {
      interrupt = nil
    }
  }

  /// What the data register (RTCDR) counts: seconds since whatever it was set by.
  public var seconds: UInt64 { UInt64(guest_load32(base)) }

  /// Whether the second that it was set to has come (RTCMIS).
  public var hasExpired: Bool { guest_load32(base + Self.maskedStatus) & 1 == 1 }

  /// Lets it interrupt at the next second; an interrupt that it asserts ends.
  public func interruptAtNextSecond() {
    guest_store32(base + Self.control, 1)
    guest_store32(base + Self.match, guest_load32(base) &+ 1)
    guest_store32(base + Self.clear, 1)
    guest_store32(base + Self.mask, 1)
  }
}
