/// `on-fault:` as the runtime sees it.
public enum FaultPolicy: UInt32 {
  /// The domain stops, the others go on.
  case halt = 0
  /// Every domain stops.
  case stopSystem = 1
  /// The domain starts anew, the others go on.
  case restart = 2
}
