/// `interrupts:` of a domain.
public enum InterruptDelivery: String, Sendable, CaseIterable {
  /// Through list registers.
  case virtual
  /// At EL1, without entering EL2.
  case direct
}
