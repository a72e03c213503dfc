import Diagnostics
import Manifest
import Partition

extension RuleContext {
  /// A device of a domain, by its path.
  func device(_ path: String, of domain: String) -> DeviceDraft? {
    draft.domains.first { $0.name == domain }?.devices.first { $0.path == path }
  }

  /// Where the manifest names what uses a provider.
  func span(of use: ProviderUse) -> SourceSpan? {
    isHypervisor(use) ? draft.manifest.hypervisor.console?.span : device(use.device, of: use.domain)?.span
  }

  /// `/soc/serial@1000 of domain left`, `/soc/serial@2000, which the hypervisor drives`
  func words(_ use: ProviderUse) -> String {
    isHypervisor(use) ? "\(use.device), which the hypervisor drives" : "\(use.device) of domain \(use.domain)"
  }

  /// Whether it is the hypervisor that uses the provider.
  func isHypervisor(_ use: ProviderUse) -> Bool {
    use.domain == "hypervisor" && device(use.device, of: use.domain) == nil
  }

  /// How critical a domain is; without a level it counts as QM.
  func criticality(of domain: String) -> Criticality {
    draft.domains.first { $0.name == domain }?.criticality ?? .qualityManaged
  }
}

extension ProviderUse {
  /// What it is needed for, in a word or two: `clock 31`, `power-domain`.
  var purpose: String {
    let kind = reference.kind == .bus ? "what stands below it" : reference.kind.rawValue
    return reference.specifier.count == 1 ? "\(kind) \(reference.specifier[0])" : kind
  }
}

extension [String] {
  /// `a`, `a and b`, `a, b and 3 more`; at most `limit` are named.
  func listed(_ limit: Int = 4) -> String {
    guard count > 1, let last else { return first ?? "" }
    if count > limit { return prefix(limit).joined(separator: ", ") + " and \(count - limit) more" }
    return dropLast().joined(separator: ", ") + " and " + last
  }
}
