/// What EL2 emulates for domains beside the GIC and the console.
public enum VirtualDeviceKind: UInt32, Sendable {
  /// A page that rings: a write to it pulses the line of every listener. Its peer is the first of them.
  case doorbell = 1
  /// Hears a doorbell: a line and no page. Its peer is the next listener of the same doorbell, of a higher index.
  case listener = 2
  /// The domain's watchdog, a generic watchdog's control frame and, in the page behind it, its refresh frame. Parameter:
  /// the period in bits 31:0, the time to start it in the rest, both in microseconds.
  case watchdog = 5
  /// The configuration space of a PCI bus (CAM, one bus): device n is the domain's n-th function.
  case pciHost = 10
  /// A channel as a PCI function: the page has its registers of BAR 0. Its parameter is its position among the channel's
  /// parties: a reader's stands in its place among the listeners, and that of the writer, 0, in place of the doorbell.
  case pciFunction = 11
  /// The channel of the function whose record stands right before it, where BAR 2 says that it is. Nothing is emulated.
  case functionMemory = 12

  /// Bytes of zeroed state at EL2 that each device of the kind needs, a multiple of 64.
  public var stateSize: UInt64 {
    switch self {
    case .doorbell, .listener, .pciHost, .functionMemory: 0
    case .watchdog, .pciFunction: 64
    }
  }
}
