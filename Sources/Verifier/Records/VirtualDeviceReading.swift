import Ownership

/// A virtual device record.
public struct VirtualDeviceReading: Hashable, Sendable {
  /// What EL2 emulates.
  public enum Kind: UInt32, Sendable {
    case doorbell = 1
    case listener = 2
    case watchdog = 5
    case pciHost = 10
    case pciFunction = 11
    case functionMemory = 12

    /// Bytes of its state at EL2.
    var stateSize: UInt64 {
      switch self {
      case .doorbell, .listener, .pciHost, .functionMemory: 0
      case .watchdog, .pciFunction: 64
      }
    }
  }

  /// Its place among all of them.
  public let index: Int
  /// What it is.
  public let kind: Kind
  /// Index of the domain record whose device it is.
  public let domain: Int
  /// INTID of its line; `nil` for none.
  public let intid: UInt32?
  /// Index of the record that it leads to; `nil` for none.
  public let peer: Int?
  /// Guest addresses of its registers, whole pages; `nil` for none.
  public let registers: AddressRange?
  /// Physical address of its state; 0 for none.
  public let state: UInt64
  /// What its kind makes of it: a watchdog's period in bits 31:0 and the time to start it above, in microseconds; a PCI
  /// function's position among the channel's parties.
  public let parameter: UInt64

  /// Whether a doorbell can lead to it.
  var isListener: Bool { kind == .listener || kind == .pciFunction && parameter > 0 }
  /// Whether it can lead to those that listen.
  var isDoorbell: Bool { kind == .doorbell || kind == .pciFunction && parameter == 0 }
}
