/// Whose translation it is: what messages call it, and which stage's formats count.
enum Translation: Hashable, Sendable {
  /// Stage 1 of the EL2 translation regime.
  case hypervisor
  /// Stage 2 of the EL1&0 translation regime, of a domain.
  case domain(String)

  /// As messages name it.
  var words: String {
    switch self {
    case .hypervisor: "EL2's own map"
    case .domain(let name): "stage 2 of domain \(name)"
    }
  }

  /// What an input address is.
  var inputWords: String {
    switch self {
    case .hypervisor: "address"
    case .domain: "guest address"
    }
  }

  /// The subjects of a finding.
  var subjects: [String] {
    switch self {
    case .hypervisor: ["hypervisor"]
    case .domain(let name): ["domains.\(name)"]
    }
  }

  /// The domains of a finding.
  var domains: [String] {
    switch self {
    case .hypervisor: []
    case .domain(let name): [name]
    }
  }
}
