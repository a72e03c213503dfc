import Board
import Diagnostics
import Manifest
import Ownership

/// Finds the nodes that a domain's `reserved-memory:` names.
struct ReservedMemoryResolver {
  /// The board.
  let board: Board

  /// The granted memory in the manifest's order, seen by the domain where it is.
  func grants(of domain: DomainDeclaration) -> (grants: [GrantedMemory], findings: [Finding]) {
    var grants: [GrantedMemory] = []
    var findings: [Finding] = []
    let field = "domains.\(domain.name.value).reserved-memory"
    for reference in domain.reservedMemory {
      switch NodeLookup(tree: board.tree).node(reference, field: field, domains: [domain.name.value]) {
      case .failure(let failure):
        findings.append(failure.finding)
      case .success(let node):
        let entries = board.reservedMemory.filter { $0.path == node.path }
        let placed = entries.compactMap { entry in
          entry.range.map {
            GrantedMemory(reserved: entry, region: MemoryRegion(physical: $0, guest: $0), span: reference.span)
          }
        }
        grants += placed
        if placed.isEmpty { findings.append(ungrantable(node.path, entries.isEmpty, reference, domain.name.value)) }
      }
    }
    return (grants, findings)
  }

  private func ungrantable(
    _ path: String, _ isForeign: Bool, _ reference: Located<String>, _ domain: String
  ) -> Finding {
    let why =
      isForeign
      ? "is no reserved memory (a child of /reserved-memory)"
      : "has no address of its own (no `reg`): it is for whoever runs alone on the board to choose one"
    return Finding(
      PartitionRules.ungrantableMemory, .error, "domains.\(domain).reserved-memory names \(path), which \(why)",
      subjects: [path, "domains.\(domain)"], resource: ResourceReference(.reservedMemory, path), domains: [domain],
      spans: [reference.span],
      help: isForeign ? "a device belongs under `devices:`" : "give the domain ordinary `memory:` instead")
  }
}
