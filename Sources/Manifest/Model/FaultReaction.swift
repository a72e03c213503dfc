/// `on-fault:` of a domain.
public enum FaultReaction: String, Sendable, CaseIterable {
  /// The domain stops; the others go on.
  case halt
  /// The domain starts anew from its pristine copy.
  case restart
  /// Every domain stops.
  case stopSystem = "stop-system"
}
