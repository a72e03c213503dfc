/// A set of requests to a CPU.
public struct Requests: Equatable {
  /// SGIs 0 to 15 to become pending in the low half; what else is asked in the high half.
  public let rawValue: UInt32

  /// Wraps a set of bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Look again at which lines are enabled, and at those that EL2 makes.
  public static var lines: Requests { Requests(rawValue: 1 << 16) }
  /// Input or room for output came for the domain's console.
  public static var console: Requests { Requests(rawValue: 1 << 17) }
  /// Leave the domain and park; why is in the domain's state or the system's.
  public static var stop: Requests { Requests(rawValue: 1 << 18) }
  /// PSCI CPU_ON: start with the entry point in the power state.
  public static var start: Requests { Requests(rawValue: 1 << 19) }

  /// What concerns one run of a domain: SGIs, lines, the console.
  public static var ofRun: Requests { Requests(rawValue: 0x3_FFFF) }
  /// The domain's watchdog expires earlier than the domain's first CPU, which is asked, has its timer set.
  public static var watchdog: Requests { Requests(rawValue: 1 << 24) }

  /// SGIs to become pending, one bit each.
  public static func softwareInterrupts(_ bits: UInt32) -> Requests { Requests(rawValue: bits & 0xFFFF) }

  /// The SGIs among them.
  public var softwareInterrupts: UInt32 { rawValue & 0xFFFF }

  /// Whether a request is among them.
  public func contains(_ request: Requests) -> Bool { rawValue & request.rawValue == request.rawValue }
}
