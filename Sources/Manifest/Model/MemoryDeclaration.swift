import Diagnostics

/// One region of a domain's `memory:`.
public struct MemoryDeclaration: Sendable {
  /// Size in bytes.
  public let size: Located<UInt64>
  /// Physical address, where the manifest fixes it.
  public let base: Located<UInt64>?
  /// Guest address (IPA), where the manifest fixes it.
  public let guest: Located<UInt64>?
  /// The place of the entry.
  public let span: SourceSpan
}
