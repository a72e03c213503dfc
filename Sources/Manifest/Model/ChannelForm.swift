/// How a domain sees a channel.
public enum ChannelForm: String, Sendable, CaseIterable {
  /// A node of its device tree that names the pages.
  case memory
  /// A function on a virtual PCI bus, whose BAR the pages are.
  case pci
}
