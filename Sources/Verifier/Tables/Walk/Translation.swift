/// Whose translation it is: what messages call it, and which stage's formats count.
enum Translation: Hashable, Sendable {
  /// Stage 1 of the EL2 translation regime.
  case hypervisor
  /// The stage 1 under which EL2 restarts a domain.
  case restart(String)
  /// Stage 2 of the EL1&0 translation regime, of a domain.
  case domain(String)
  /// Stage 2 of the streams of a domain, in an SMMU.
  case dma(String)

  /// As messages name it.
  var words: String {
    switch self {
    case .hypervisor: "EL2's own map"
    case .restart(let name): "the restart map of domain \(name)"
    case .domain(let name): "stage 2 of domain \(name)"
    case .dma(let name): "the tables of domain \(name)'s DMA"
    }
  }

  /// What an input address is.
  var inputWords: String {
    switch self {
    case .hypervisor, .restart: "address"
    case .domain, .dma: "guest address"
    }
  }

  /// The subjects of a finding.
  var subjects: [String] {
    switch self {
    case .hypervisor: ["hypervisor"]
    case .restart(let name): ["hypervisor", "domains.\(name)"]
    case .domain(let name), .dma(let name): ["domains.\(name)"]
    }
  }

  /// The domains of a finding.
  var domains: [String] {
    switch self {
    case .hypervisor: []
    case .restart(let name), .domain(let name), .dma(let name): [name]
    }
  }
}
