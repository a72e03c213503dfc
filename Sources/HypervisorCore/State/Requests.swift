/// A set of requests to a CPU.
public struct Requests: OptionSet {
  /// SGIs 0 to 15 to become pending in the low half; what else is asked in the high half.
  public let rawValue: UInt32

  /// Wraps a set of bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The SGIs.
  public static var softwareInterrupts: Requests { Requests(rawValue: 0xFFFF) }
  /// Look again at which lines are enabled, and at the console's.
  public static var lines: Requests { Requests(rawValue: 1 << 16) }
  /// Input or room for output came for the domain's console.
  public static var console: Requests { Requests(rawValue: 1 << 17) }
  /// Leave the domain and park; why is in the domain's state or the system's.
  public static var stop: Requests { Requests(rawValue: 1 << 18) }
  /// PSCI CPU_ON: start with the entry point in the power state.
  public static var start: Requests { Requests(rawValue: 1 << 19) }
}
