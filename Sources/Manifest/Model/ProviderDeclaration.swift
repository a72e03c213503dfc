import Diagnostics

/// One entry of `providers:`.
public struct ProviderDeclaration: Sendable {
  /// The node.
  public let path: Located<String>
  /// The policy.
  public let policy: Located<ProviderPolicy>
  /// `rates:`, clock id to hertz, in the order of writing.
  public let rates: [Located<ProviderRate>]
  /// Why.
  public let reason: Located<String>?
}
