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
  /// An SMCCC function that may be passed on to firmware.
  case call(UInt32)
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
    case .call(let function): "call \(UInt64(function).hexadecimal)"
    case .colour(let number): "colour \(number)"
    }
  }
}
