/// Which Bulkhead this is.
public enum Version {
  /// Semantic version of the tool and its formats.
  public static let current = "0.1.0"
}
