/// One thing that has exactly one owner.
public enum Resource: Hashable, Sendable {
  /// RAM, whole pages by physical address.
  case memory(AddressRange)
  /// Registers of devices, whole pages by physical address.
  case device(AddressRange)
  /// A shared peripheral interrupt, by INTID.
  case interrupt(UInt32)
  /// A CPU, by the affinity fields of its MPIDR_EL1.
  case cpu(affinity: UInt64)
  /// A DMA stream of one SMMU (named by its node); bits of the id that `mask` sets do not count.
  case stream(smmu: String, id: UInt32, mask: UInt32)
  /// Hardware that other devices depend on, by its node.
  case provider(String)
  /// SMCCC functions that firmware answers, called with a first argument of which the bits in `mask` are those of
  /// `value` (a mask of 0: any argument). They are firmware's; the access says which domains are let through to them.
  case call(ClosedRange<UInt32>, mask: UInt64, value: UInt64)
  /// A colour of the last-level cache.
  case colour(Int)
}

extension Resource: CustomStringConvertible {
  /// The resource as messages name it.
  public var description: String {
    switch self {
    case .memory(let range): "memory \(range)"
    case .device(let range): "device registers \(range)"
    case .interrupt(let intid): "interrupt \(intid)"
    case .cpu(let affinity): "CPU \(affinity.hexadecimal)"
    case .stream(let smmu, let id, let mask):
      "stream \(UInt64(id).hexadecimal)\(mask == 0 ? "" : " (mask \(UInt64(mask).hexadecimal))") of \(smmu)"
    case .provider(let path): "provider \(path)"
    case .call(let functions, let mask, let value):
      "firmware calls \(UInt64(functions.lowerBound).hexadecimal)"
        + (functions.count == 1 ? "" : "..\(UInt64(functions.upperBound).hexadecimal)")
        + (mask == 0 ? "" : " with x1 & \(mask.hexadecimal) = \(value.hexadecimal)")
    case .colour(let number): "colour \(number)"
    }
  }
}
