/// What a channel carries.
public enum ChannelKind: String, Sendable, CaseIterable {
  /// Shared pages with one writer.
  case memory
  /// A virtio block device that one domain serves to another.
  case virtioBlock = "virtio-block"
}
