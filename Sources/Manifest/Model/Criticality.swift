/// Automotive safety integrity levels of ISO 26262, with QM (quality managed, no safety requirement) below them.
public enum Criticality: String, Sendable, CaseIterable, Comparable {
  case qualityManaged = "QM"
  case asilA = "ASIL-A"
  case asilB = "ASIL-B"
  case asilC = "ASIL-C"
  case asilD = "ASIL-D"

  /// QM is lowest, ASIL D highest.
  public static func < (left: Criticality, right: Criticality) -> Bool { left.level < right.level }

  /// 0 for QM, 4 for ASIL D.
  public var level: UInt8 {
    switch self {
    case .qualityManaged: 0
    case .asilA: 1
    case .asilB: 2
    case .asilC: 3
    case .asilD: 4
    }
  }
}
