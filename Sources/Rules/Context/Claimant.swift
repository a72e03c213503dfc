/// Who or what says that some physical addresses are its own.
enum Claimant: Hashable, Sendable {
  /// An entry of a domain's `memory:`.
  case region(domain: Int, index: Int)
  /// Reserved memory granted to a domain.
  case granted(domain: Int, index: Int)
  /// A channel's pages.
  case channel(Int)
  /// EL2's memory.
  case hypervisor
  /// A device of a domain, by its position among the domain's devices.
  case device(domain: Int, index: Int)
  /// Registers that EL2 drives, by their node.
  case hypervisorDevice(path: String)
  /// An enabled device that nobody has, by its position in the board's list.
  case unassigned(Int)
  /// Memory that the device tree sets aside, by its position in the board's list.
  case reserved(Int)
  /// An entry of the manifest's `reserved:`.
  case kept(Int)

  /// The domain, if it is one's.
  var domain: Int? {
    switch self {
    case .region(let domain, _), .granted(let domain, _), .device(let domain, _): domain
    default: nil
    }
  }

  /// Whether the claim is on RAM that somebody uses.
  var isUsedMemory: Bool {
    switch self {
    case .region, .granted, .channel, .hypervisor: true
    default: false
    }
  }

  /// Whether the claim is on registers.
  var isRegisters: Bool {
    switch self {
    case .device, .hypervisorDevice, .unassigned: true
    default: false
    }
  }
}
