/// How bad a finding is. Only errors refuse a manifest.
public enum Severity: String, Sendable, Comparable, CaseIterable {
  /// Something worth knowing.
  case note
  /// Something that is probably not meant.
  case warning
  /// Something that Bulkhead refuses.
  case error

  /// Notes are below warnings, warnings below errors.
  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }
}
