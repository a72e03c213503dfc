import Diagnostics

/// One entry of `channels:`.
public struct ChannelDeclaration: Sendable {
  /// The channel's name.
  public let name: Located<String>
  /// What kind of channel it is.
  public let kind: Located<ChannelKind>
  /// Size in bytes.
  public let size: Located<UInt64>
  /// The writer; for `virtio-block` the server.
  public let writer: Located<String>
  /// The readers; for `virtio-block` the one client.
  public let readers: [Located<String>]
  /// Whether a doorbell was asked for.
  public let doorbell: Located<Bool>?
  /// The place of the section.
  public let span: SourceSpan
}
