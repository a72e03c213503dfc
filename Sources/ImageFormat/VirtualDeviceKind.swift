/// What EL2 emulates for domains beside the GIC and the console.
public enum VirtualDeviceKind: UInt32, Sendable {
  /// A page that rings: a write to it pulses the line of every listener. Its peer is the first of them.
  case doorbell = 1
  /// Hears a doorbell: a line and no page. Its peer is the next listener of the same doorbell, of a higher index.
  case listener = 2
  /// The domain's watchdog, a generic watchdog's control frame and, in the page behind it, its refresh frame. Parameter:
  /// the period in bits 31:0, the time to start it in the rest, both in microseconds.
  case watchdog = 5

  /// Bytes of zeroed state at EL2 that each device of the kind needs, a multiple of 64.
  public var stateSize: UInt64 {
    switch self {
    case .doorbell, .listener: 0
    case .watchdog: 64
    }
  }
}
