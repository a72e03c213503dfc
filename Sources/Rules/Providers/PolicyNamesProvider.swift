import Board
import DeviceTree
import Diagnostics
import Manifest
import Partition

/// A policy is for something that has users, and for one thing only.
enum PolicyNamesProvider: Rule {
  static let description = RuleDescription(
    "BH-PRV-002", title: "policies are for providers",
    requirement:
      "Every entry of `providers:` shall name a node that other nodes depend on, or one above such a node, that has no "
      + "other entry and that is no device of a domain, unless it is `owned-by` that domain. It should be one that "
      + "assigned devices depend on.",
    hazard: "An entry that settles nothing reads like a decision on the controller that was meant.",
    applicability: "`providers:`; a warning if only nothing that is assigned depends on the node.",
    example: "providers:\n  /soc/serial@30890000: { policy: boot-configured }      # a UART, on which nothing depends")

  static func check(_ context: RuleContext) -> [Finding] {
    var first: [String: ProviderDeclaration] = [:]
    return context.draft.manifest.providers.compactMap { declaration in
      guard let node = context.draft.board.tree.resolve(declaration.path.value) else { return nil }
      if let other = first[node.path] { return repeated(node.path, declaration, other) }
      first[node.path] = declaration
      if let owner = owner(of: node.path, declaration, context) { return assigned(node.path, declaration, owner) }
      guard !context.draft.providers.contains(where: { $0.declaredPath == node.path }) else { return nil }
      return unused(node, declaration, context)
    }
  }

  private static func owner(
    of path: String, _ declaration: ProviderDeclaration, _ context: RuleContext
  ) -> (domain: DomainDraft, device: DeviceDraft)? {
    for domain in context.draft.domains where declaration.policy.value != .ownedBy(domain.name) {
      let device = domain.devices.first { path == $0.path || path.hasPrefix($0.path + "/") }
      // What a policy on a node above brought is not a person's entry of `devices:`.
      let isListed = device.map { found in
        domain.declaration.devices.contains { $0.path.span == found.declaration.path.span }
      }
      if let device, isListed == true { return (domain, device) }
    }
    return nil
  }

  private static func assigned(
    _ path: String, _ declaration: ProviderDeclaration, _ owner: (domain: DomainDraft, device: DeviceDraft)
  ) -> Finding {
    Finding(
      description, .error,
      "providers has a policy for \(path), and \(owner.device.path) is a device of domain \(owner.domain.name), which "
        + "drives it",
      subjects: [path, owner.domain.subject], resource: ResourceReference(.provider, path),
      domains: [owner.domain.name],
      spans: [declaration.path.span, owner.device.span], labels: ["the domain's device"],
      help: "write `policy: owned-by \(owner.domain.name)`, or take it out of the domain's devices")
  }

  private static func repeated(
    _ path: String, _ declaration: ProviderDeclaration, _ other: ProviderDeclaration
  ) -> Finding {
    Finding(
      description, .error, "providers has two entries for \(path)", subjects: [path],
      resource: ResourceReference(.provider, path), spans: [declaration.path.span, other.path.span],
      labels: ["the other entry"], help: "keep one of them")
  }

  private static func unused(_ node: Node, _ declaration: ProviderDeclaration, _ context: RuleContext) -> Finding {
    let tree = context.draft.board.tree
    let isReferredTo = tree.nodes.contains { other in
      tree.references(of: other).entries.contains { reference in
        reference.kind != .graph && (reference.target == node.path || reference.target.hasPrefix(node.path + "/"))
      }
    }
    let help = "take the entry out; `bulkhead devices` with a device's path shows what that device depends on"
    return isReferredTo
      ? Finding(
        description, .warning,
        "providers has a policy for \(node.path), on which nothing that is assigned depends",
        subjects: [node.path], resource: ResourceReference(.provider, node.path), spans: [declaration.path.span],
        help: help
      )
      : Finding(
        description, .error,
        "providers has a policy for \(node.path), and no other node refers to it or to one below it",
        subjects: [node.path], resource: ResourceReference(.provider, node.path), spans: [declaration.path.span],
        help: help
      )
  }
}
