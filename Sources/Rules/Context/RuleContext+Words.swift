import Diagnostics
import Ownership
import Partition

extension RuleContext {
  /// The claimant as a message names it, with its numbers.
  func words(_ claim: PhysicalClaim) -> String {
    let name = subject(claim.claimant)
    switch claim.claimant {
    case .region(let domain, let index):
      let region = draft.domains[domain].memory[index].region
      guard let region else { return "\(name) (\(claim.pages))" }
      return region.stripes == nil ? "\(name) (\(region.physical))" : "\(name) (rows of colours in \(region.reach))"
    case .granted(let domain, _):
      return "\(name) (\(claim.pages), granted to domains.\(draft.domains[domain].name))"
    case .channel: return "\(name) (\(claim.pages))"
    case .hypervisor: return "the hypervisor's memory (\(claim.pages))"
    case .device(let domain, _): return "\(name) of domain \(draft.domains[domain].name)"
    case .hypervisorDevice: return "\(name), which the hypervisor drives"
    case .unassigned: return "\(name), which no domain has"
    case .reserved: return "the device tree's \(name) (\(claim.pages))"
    case .kept(let index):
      let owner = draft.manifest.reserved[index].owner.map { ", kept by \(Quotation.printable($0.value))" } ?? ""
      return "\(name) (\(claim.pages)\(owner))"
    }
  }

  /// The claimant as a finding's subject.
  func subject(_ claimant: Claimant) -> String {
    switch claimant {
    case .region(let domain, let index): "domains.\(draft.domains[domain].name).memory[\(index)]"
    case .granted(let domain, let index): draft.domains[domain].reservedMemory[index].reserved.path
    case .channel(let index): "channels.\(draft.channels[index].name)"
    case .hypervisor: "hypervisor"
    case .device(let domain, let index): draft.domains[domain].devices[index].path
    case .hypervisorDevice(let path): path
    case .unassigned(let index): unassigned[index].path
    case .reserved(let index): draft.board.reservedMemory[index].path
    case .kept(let index): "reserved[\(index)]"
    }
  }

  /// Where the manifest says it.
  func span(_ claimant: Claimant) -> SourceSpan? {
    switch claimant {
    case .region(let domain, let index):
      let declaration = draft.domains[domain].memory[index].declaration
      return declaration.base?.span ?? declaration.size.span ?? declaration.span
    case .granted(let domain, let index): return draft.domains[domain].reservedMemory[index].span
    case .channel(let index):
      let declaration = draft.channels[index].declaration
      return declaration.size.span ?? declaration.span
    case .hypervisor: return draft.manifest.hypervisor.memory?.span
    case .device(let domain, let index): return draft.domains[domain].devices[index].span
    case .hypervisorDevice(let path):
      return draft.hypervisorConsole?.path == path ? draft.manifest.hypervisor.console?.span : nil
    case .unassigned, .reserved: return nil
    case .kept(let index): return draft.manifest.reserved[index].range.span
    }
  }

  /// The names of the domains that two claimants belong to.
  func domains(_ claimants: Claimant...) -> [String] {
    Set(claimants.compactMap { $0.domain.map { draft.domains[$0].name } }).sorted()
  }

  /// A finding about two claims on the same pages.
  func finding(
    _ rule: RuleDescription, _ left: PhysicalClaim, _ right: PhysicalClaim, overlap: AddressRange, kind: ResourceKind,
    _ message: String, help: String
  ) -> Finding {
    Finding(
      rule, .error, message, subjects: [subject(left.claimant), subject(right.claimant)],
      resource: ResourceReference(kind, overlap.base.hexadecimal), domains: domains(left.claimant, right.claimant),
      spans: [span(left.claimant), span(right.claimant)], labels: ["the other claim"], help: help)
  }
}
