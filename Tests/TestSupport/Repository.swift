import Foundation

/// The project that the tests belong to.
public enum Repository {
  /// Its root folder, without a slash at the end.
  public static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path
}
