/// Who a resource belongs to.
public enum Owner: Hashable, Sendable {
  /// The domain of this name.
  case domain(String)
  /// The code, data and tables at EL2, and every device that EL2 drives.
  case hypervisor
  /// What runs at EL3 or on other processors, and the boot loader while it works.
  case firmware
  /// The channel of this name: one writer, several readers.
  case channel(String)
  /// Nobody may reach it.
  case nobody
}

extension Owner: Comparable {
  /// Hypervisor, firmware, domains by name, channels by name, nobody.
  public static func < (left: Owner, right: Owner) -> Bool {
    (left.rank, left.name) < (right.rank, right.name)
  }

  private var rank: Int {
    switch self {
    case .hypervisor: 0
    case .firmware: 1
    case .domain: 2
    case .channel: 3
    case .nobody: 4
    }
  }

  private var name: String {
    switch self {
    case .domain(let name), .channel(let name): name
    case .hypervisor, .firmware, .nobody: ""
    }
  }
}

extension Owner: CustomStringConvertible {
  /// The owner as messages name it: `domain cluster`, `the hypervisor`.
  public var description: String {
    switch self {
    case .domain(let name): "domain \(name)"
    case .hypervisor: "the hypervisor"
    case .firmware: "firmware"
    case .channel(let name): "channel \(name)"
    case .nobody: "nobody"
    }
  }
}
