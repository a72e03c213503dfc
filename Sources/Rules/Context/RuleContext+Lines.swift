import Board
import Diagnostics
import Manifest
import Partition

extension RuleContext {
  /// A finding about a line that two domains claim.
  func finding(
    _ rule: RuleDescription, _ left: ClaimedLines.Holder, _ right: ClaimedLines.Holder, because: String = "",
    help: String
  ) -> Finding {
    let line = right.claim.line
    return Finding(
      rule, .error,
      "\(left.device.path) of domain \(left.domain.name) and \(right.device.path) of domain \(right.domain.name) both have "
        + "\(line)\(because)",
      subjects: [left.device.path, right.device.path], resource: line.resource,
      domains: [left.domain.name, right.domain.name], spans: [right.device.span, left.device.span],
      labels: ["the other device"], help: help)
  }

  /// What the manifest says about a controller: its own entry of `providers:` or that of a node above it; `nil` without one.
  func policy(of controller: String) -> ProviderPolicy? {
    var path = controller[...]
    while !path.isEmpty {
      if let provider = providers[String(path)], provider.declaration != nil { return provider.policy }
      path = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
    }
    return nil
  }

  /// The domain and the device of it that is the node or stands above it.
  func owner(ofNode path: String) -> (domain: DomainDraft, device: DeviceDraft)? {
    var path = path[...]
    while !path.isEmpty {
      if let owner = owners[String(path)] { return (draft.domains[owner.domain], owner.device) }
      path = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
    }
    return nil
  }
}

extension ExclusiveClaim.Line {
  /// The line as a finding's resource.
  var resource: ResourceReference {
    let kind: ResourceKind =
      switch kind {
      case .dmaChannel: .dmaChannel
      case .resetLine: .resetLine
      case .gpioLine: .gpioLine
      case .powerDomain: .powerDomain
      case .mailboxChannel: .mailboxChannel
      case .phy: .phy
      case .privateIOMMU: .dependency
      }
    return number.map { ResourceReference(kind, $0, on: controller) } ?? ResourceReference(kind, controller)
  }
}
