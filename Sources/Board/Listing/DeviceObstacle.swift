import Ownership

/// Why a device cannot be given to any domain.
public enum DeviceObstacle: Hashable, Sendable {
  /// The node, or one above it, is disabled in the tree; its path.
  case disabled(by: String)
  /// It is one of the hypervisor's own devices (an SMMU).
  case hypervisors(what: String)
  /// It, or an enabled node below it, belongs to no domain ever: the node's path, and what it is, with its article.
  case nobodys(path: String, what: String)
  /// Its registers share a page with the GIC, an ITS or an MSI frame.
  case interruptControllerPage(UInt64)
  /// Its registers lie in what the tree calls RAM; the memory node.
  case memory(String)
  /// What its node says is malformed.
  case malformed(String)
  /// It has neither registers nor interrupts nor streams that a domain could be given.
  case nothingToAssign
}

extension DeviceObstacle: CustomStringConvertible {
  /// The reason in words.
  public var description: String {
    switch self {
    case .disabled(let path): "\(path) is disabled in the tree"
    case .hypervisors(let what): "\(what) belongs to the hypervisor"
    case .nobodys(let path, let what): "\(path) is \(what)"
    case .interruptControllerPage(let page):
      "its registers share page \(page.hexadecimal) with the interrupt controller's"
    case .memory(let path): "its registers lie in the RAM of \(path)"
    case .malformed(let message): message
    case .nothingToAssign: "it has no registers, interrupts or streams of its own"
    }
  }
}
