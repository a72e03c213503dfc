/// `console:` of a domain.
public enum ConsoleKind: String, Sendable, CaseIterable {
  /// A virtual PL011 that EL2 shows on its own UART.
  case virtual
  /// None.
  case none
}
