/// The UARTs that EL2 can drive.
public enum ConsoleKind: UInt32, Sendable {
  /// EL2 has no UART and says nothing.
  case none = 0
  /// Arm PL011.
  case pl011 = 1
  /// Cadence UART (Zynq, Zynq UltraScale+).
  case cadence = 2
  /// NXP i.MX UART.
  case imx = 3
  /// The mini-UART of the BCM283x family's auxiliary peripherals.
  case miniUART = 4
}
