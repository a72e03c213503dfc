import Diagnostics

/// One entry of a channel's `as:`.
public struct ChannelPresentation: Sendable {
  /// The domain.
  public let domain: Located<String>
  /// How it sees the channel.
  public let form: Located<ChannelForm>
}
