import Board
import DeviceTree
import Diagnostics
import Manifest
import Partition

/// Who is to drive a chip on a bus has the bus.
enum OwnedProviderReachable: Rule {
  static let description = RuleDescription(
    "BH-PRV-004", title: "an owner can reach what it owns",
    requirement:
      "A provider without registers on the CPUs' address map shall only be `owned-by` a domain that also has the "
      + "controller of the bus it sits on.",
    hazard: "A regulator on an I2C bus is driven through the bus's controller; its owner would have no way to it.",
    applicability: "Providers with `policy: owned-by`, other than interfaces to firmware.",
    example: "providers:\n  /soc/i2c@30a20000/pmic@25: { policy: owned-by a }      # a does not have /soc/i2c@30a20000")

  static func check(_ context: RuleContext) -> [Finding] {
    let board = context.draft.board
    return context.draft.manifest.providers.compactMap { declaration in
      guard case .ownedBy(let name) = declaration.policy.value, let node = board.tree.resolve(declaration.path.value),
        FirmwareTransport.of(node.path, on: board.tree) == nil,
        let owner = context.draft.domains.first(where: { $0.name == name }),
        !owner.devices.contains(where: { $0.path == node.path || $0.path.hasPrefix(node.path + "/") })
      else { return nil }
      let holder = board.tree.chain(from: node).dropFirst().first { above in
        board.device(at: above.path)?.registers.isEmpty == false
      }
      if let holder, owner.devices.contains(where: { $0.path == holder.path }) { return nil }
      return finding(node.path, holder?.path, owner, declaration)
    }
  }

  private static func finding(
    _ path: String, _ holder: String?, _ owner: DomainDraft, _ declaration: ProviderDeclaration
  ) -> Finding {
    let way = holder.map { "it is driven through \($0), which domain \(owner.name) does not have" }
    return Finding(
      description, .error,
      "\(path) is owned by domain \(owner.name), and \(way ?? "it has no registers that could be given to a domain")",
      subjects: [path, owner.subject], resource: ResourceReference(.provider, path), domains: [owner.name],
      spans: [declaration.policy.span ?? declaration.path.span],
      help: holder.map { "write the entry for \($0) instead; it covers everything below it" }
        ?? "write `policy: boot-configured`")
  }
}
