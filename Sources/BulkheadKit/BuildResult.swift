/// What `build` came to.
public struct BuildResult: Sendable {
  /// The check before it; its findings include those of the build itself.
  public let check: CheckResult
  /// The folder that was written; `nil` if nothing was.
  public let folder: String?
  /// What is loaded where; `nil` if nothing was built.
  public let loadMap: LoadMap?
  /// What was proved of the bytes before the folder took its place.
  public var claims: [ClaimOutcome] = []
}
