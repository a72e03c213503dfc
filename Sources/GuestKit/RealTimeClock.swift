import GuestSupport
import GuestTree

/// A PL031, which counts seconds (Arm DDI 0224, 3.3.1).
public struct RealTimeClock {
  private let base: UInt64

  /// The tree's first PL031; `nil` where it has none.
  public init?(tree: Span<UInt8>) {
    guard let registers = TreeSearch.find(.compatible("arm,pl031"), in: tree)?.registers(0, in: tree) else {
      return nil
    }
    base = registers.base
  }

  /// What the data register (RTCDR) counts: seconds since whatever it was set by.
  public var seconds: UInt64 { UInt64(guest_load32(base)) }
}
