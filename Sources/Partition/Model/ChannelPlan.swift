import Manifest
import Ownership

/// A channel with its address chosen.
public struct ChannelPlan: Sendable {
  /// What the manifest says of it.
  public let declaration: ChannelDeclaration
  /// Its pages; both sides see them at their physical address.
  public let memory: AddressRange

  /// The channel's name.
  public var name: String { declaration.name.value }
}
