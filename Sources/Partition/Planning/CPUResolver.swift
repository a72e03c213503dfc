import Board
import Diagnostics
import Manifest

/// Finds the CPUs that a domain's `cpus:` names.
struct CPUResolver: Sendable {
  /// The board.
  let board: Board

  /// The CPUs in the manifest's order, and a finding for each that the board does not have.
  func cpus(of domain: DomainDeclaration) -> (cpus: [CPUDraft], findings: [Finding]) {
    var cpus: [CPUDraft] = []
    var findings: [Finding] = []
    for reference in domain.cpus {
      if let cpu = cpu(reference.value) {
        cpus.append(CPUDraft(cpu: cpu, span: reference.span))
      } else {
        findings.append(unknown(reference, of: domain.name.value))
      }
    }
    return (cpus, findings)
  }

  private func cpu(_ reference: CPUReference) -> BoardCPU? {
    switch reference {
    case .index(let index):
      return board.cpus.first { $0.index == index }
    case .node(let name):
      let path = board.tree.resolve(name)?.path ?? "/cpus/" + name
      return board.cpus.first { $0.path == path }
    }
  }

  private func unknown(_ reference: Located<CPUReference>, of domain: String) -> Finding {
    let named =
      switch reference.value {
      case .index(let index): "CPU \(index)"
      case .node(let name): "CPU \(Quotation.quoted(name))"
      }
    let names = board.cpus.compactMap { $0.path.split(separator: "/").last.map(String.init) }
    let present =
      switch board.cpus.count {
      case 0: "no CPUs"
      case 1: "only CPU 0"
      default: "only CPUs 0 to \(board.cpus.count - 1)"
      }
    var help = "choose among " + names.prefix(16).joined(separator: ", ")
    if case .node(let name) = reference.value, let near = Suggestions.nearest(to: name, among: names) {
      help = "write `\(near)`"
    }
    return Finding(
      PartitionRules.unknownCPU, .error,
      "domains.\(domain).cpus names \(named), and board \(board.name) has \(present)", subjects: ["domains.\(domain)"],
      resource: ResourceReference(.cpu, value(reference.value)), domains: [domain], spans: [reference.span],
      help: names.isEmpty ? nil : help)
  }

  private func value(_ reference: CPUReference) -> String {
    switch reference {
    case .index(let index): String(index)
    case .node(let name): name
    }
  }
}
