import DeviceTree
import Ownership

/// Two enabled devices that cannot belong to different domains.
public struct DeviceConflict: Hashable, Sendable {
  /// What both need.
  public enum Resource: Hashable, Sendable {
    /// Registers in a page; the address of the first page that both touch.
    case page(UInt64)
    /// An SPI, by its INTID.
    case interrupt(UInt32)
    /// An interrupt controller that the one is and through which the other's interrupts pass to lines that the tree does
    /// not tell; its own number of one of them.
    case gathered(UInt32?, controller: String)
    /// A stream id on an SMMU.
    case stream(UInt32, smmu: String)
    /// A line, a channel or a whole block that serves one device at a time, and that no policy lets two domains share.
    case exclusive(ExclusiveClaim.Line)
  }

  /// Path of the device that comes first in the tree.
  public let first: String
  /// Path of the other.
  public let second: String
  /// What both need.
  public let resource: Resource
}

extension DeviceConflict.Resource: CustomStringConvertible {
  /// `page 0x21c0000`, `interrupt 64`, `stream 0x400 of /iommu@…`, `GPIO line 3 of /gpio@…`.
  public var description: String {
    switch self {
    case .page(let address): "page \(address.hexadecimal)"
    case .interrupt(let intid): "interrupt \(intid) (\(ResolvedInterrupt.name(ofINTID: intid)))"
    case .gathered(let input, let controller):
      input.map { "interrupt line \($0) of \(controller)" } ?? "interrupt lines of \(controller)"
    case .stream(let stream, let smmu): "stream \(UInt64(stream).hexadecimal) of \(smmu)"
    case .exclusive(let line): line.description
    }
  }
}
