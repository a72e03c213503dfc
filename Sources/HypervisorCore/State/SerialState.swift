/// What belongs to the real UART.
public struct SerialState {
  /// What is on its current line; of the UART's owner.
  public var multiplexer = ConsoleMultiplexer()
  /// Who gets input; of the CPU that takes the UART's interrupts.
  public var input = ConsoleInput()
  /// Ticks of CNTPCT_EL0 in a millisecond; set before other CPUs start.
  public var ticksPerMillisecond: UInt64 = 0

  /// An idle UART.
  public init() {}
}
