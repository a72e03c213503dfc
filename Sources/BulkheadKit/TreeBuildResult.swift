/// What `build --trees-only` came to.
public struct TreeBuildResult: Sendable {
  /// The check before it; its findings include those of the build itself.
  public let check: CheckResult
  /// The trees that were written, in the order of the domains; none if any of them could not be.
  public let files: [String]
}
