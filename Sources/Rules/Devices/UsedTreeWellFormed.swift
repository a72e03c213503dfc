import Board
import DeviceTree
import Diagnostics
import Partition

/// What the plan relies on in the tree is well formed; what it does not rely on is only mentioned.
enum UsedTreeWellFormed: Rule {
  static let description = BoardRules.malformedTree

  static func check(_ context: RuleContext) -> [Finding] {
    let users = users(context)
    return context.draft.board.faults.map { fault in
      guard let user = users[fault.path].flatMap({ $0.concerns(fault) ? $0 : nil }) else {
        return finding(.note, fault, nil, "nothing in this manifest reaches it")
      }
      return finding(.error, fault, user, "\(user.what) reaches it")
    }
  }

  /// Who relies on a node, and how.
  private struct User {
    let what: String
    let subject: String
    let domains: [String]
    let span: SourceSpan?
    /// Whether the node is only on the way from the user to the root: then nothing but its part in translating
    /// addresses and routing interrupts counts.
    let isOnTheWay: Bool

    func concerns(_ fault: TreeFault) -> Bool {
      !isOnTheWay || UsedTreeWellFormed.partOfTheWay.contains(fault.property)
    }
  }

  private static let partOfTheWay: Set = [
    "#address-cells", "#size-cells", "ranges", "dma-ranges", "interrupt-map", "interrupt-map-mask", "interrupt-parent",
    "#interrupt-cells",
  ]

  /// Every node that an assigned device, a used CPU or used RAM reaches, with the first user.
  private static func users(_ context: RuleContext) -> [String: User] {
    let draft = context.draft
    var users: [String: User] = [:]
    for domain in draft.domains {
      for cpu in domain.cpus {
        let user = User(
          what: "domain \(domain.name)'s CPU \(cpu.cpu.index)", subject: "\(domain.subject).cpus",
          domains: [domain.name], span: cpu.span,
          isOnTheWay: false)
        users[cpu.cpu.path] = users[cpu.cpu.path] ?? user
      }
      for device in domain.devices { add(device, of: domain, draft.board.tree, &users) }
    }
    if draft.manifest.memoryBanks == nil {
      for bank in draft.board.memory {
        let user = User(
          what: "the board's RAM", subject: draft.board.name, domains: [], span: draft.manifest.board.span,
          isOnTheWay: false)
        users[bank.path] = users[bank.path] ?? user
      }
    }
    return users
  }

  private static func add(
    _ device: DeviceDraft, of domain: DomainDraft, _ tree: DeviceTree, _ users: inout [String: User]
  ) {
    let what = "domain \(domain.name)'s device \(device.path)"
    func user(isOnTheWay: Bool) -> User {
      User(what: what, subject: device.path, domains: [domain.name], span: device.span, isOnTheWay: isOnTheWay)
    }
    if users[device.path]?.isOnTheWay ?? true { users[device.path] = user(isOnTheWay: false) }
    guard let node = tree.node(at: device.path) else { return }
    let controllers = device.assignment.device.interrupts.flatMap(\.via)
    for path in tree.chain(from: node).dropFirst().map(\.path) + controllers {
      users[path] = users[path] ?? user(isOnTheWay: true)
    }
  }

  private static func finding(_ severity: Severity, _ fault: TreeFault, _ user: User?, _ why: String) -> Finding {
    Finding(
      description, severity,
      "in the device tree \(fault.path) is malformed (\(fault.property)): \(fault.message); \(why)",
      subjects: [fault.path] + (user.map { $0.subject == fault.path ? [] : [$0.subject] } ?? []),
      resource: ResourceReference(.malformed, fault.property),
      domains: user?.domains ?? [], spans: [user?.span],
      help: severity == .error ? "take the node out of the manifest, or correct the device tree" : nil)
  }
}
