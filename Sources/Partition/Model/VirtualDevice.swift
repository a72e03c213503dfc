import Ownership

/// Something that EL2 emulates for a domain beside the GIC and the console.
public struct VirtualDevice: Hashable, Sendable {
  /// What it is.
  public enum Kind: Hashable, Sendable {
    /// A page that rings, at a channel's writer.
    case doorbell
    /// A line that a doorbell pulses, at a reader.
    case listener
    /// A generic watchdog: its control frame, and its refresh frame in the page behind it.
    case watchdog
    /// The configuration space of the PCI bus that the domain sees channels on.
    case pciHost
    /// The registers of a channel's PCI function. Its position is 0 at the writer; at readers it counts from 1, in the order
    /// of their domains.
    case function(position: Int)
    /// The pages of that channel, where the function says that they are. The domain reaches them as it does any channel's.
    case functionMemory
  }

  /// What it is.
  public let kind: Kind
  /// What it belongs to: the channel's name; of a watchdog what it is.
  public let name: String
  /// Guest addresses of its registers, whole pages; `nil` for a device without.
  public let registers: AddressRange?
  /// INTID of its line, an SPI of the domain's virtual GIC; `nil` for a device without.
  public let intid: UInt32?
}
