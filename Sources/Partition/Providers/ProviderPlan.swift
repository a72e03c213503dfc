import Manifest

/// Hardware that other devices depend on, with who depends on it and what was decided for it.
public struct ProviderPlan: Sendable {
  /// The node.
  public let path: String
  /// What happens to it: the policy of its own entry in `providers:` or of a node above it, otherwise `owned-by` the
  /// domain that has it among its devices, otherwise `boot-configured`.
  public let policy: ProviderPolicy
  /// The entry of `providers:` that says so; `nil` where nothing was written.
  public let declaration: ProviderDeclaration?
  /// Path of the node that the entry names: this one or one above it.
  public let declaredPath: String?
  /// References of the domains' devices, in the order of the manifest.
  public let users: [ProviderUse]
  /// References of what the hypervisor drives: its UART and the SMMUs.
  public let hypervisorUsers: [ProviderUse]
  /// Rates in hertz at which its clocks stay, by clock number as `ProviderTreatment.stub` counts them: the manifest's, and
  /// for other clocks the tree's `assigned-clock-rates`.
  public let rates: [UInt32: UInt64]
  /// Whether it is an interface to firmware that can be shared by calls or owned by its mailboxes, or a part of one.
  public let isFirmware: Bool

  /// Makes a provider.
  public init(
    path: String, policy: ProviderPolicy, declaration: ProviderDeclaration?, declaredPath: String?,
    users: [ProviderUse], hypervisorUsers: [ProviderUse], rates: [UInt32: UInt64], isFirmware: Bool
  ) {
    self.path = path
    self.policy = policy
    self.declaration = declaration
    self.declaredPath = declaredPath
    self.users = users
    self.hypervisorUsers = hypervisorUsers
    self.rates = rates
    self.isFirmware = isFirmware
  }

  /// The names of the domains whose devices reach it, in the order of the manifest.
  public var domains: [String] {
    users.reduce(into: []) { if $0.last != $1.domain, !$0.contains($1.domain) { $0.append($1.domain) } }
  }

  /// Who would have to share it if nothing more were said: the domains whose devices get to it without passing a policy
  /// of another node, the hypervisor in the same way, and the domain that has it among its devices.
  public var parties: [String] {
    let direct = users.filter { $0.isDirect || driver != nil }.map(\.domain)
    let hypervisor = hypervisorUsers.contains { $0.isDirect || driver != nil } ? [ProviderUses.hypervisor] : []
    return ([driver].compactMap { $0 } + direct + hypervisor).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Whether it is clear what becomes of it: a policy says so, or there is only one party.
  public var isSettled: Bool { declaration != nil || parties.count < 2 }

  /// The domain that drives it, if one does.
  public var driver: String? {
    if case .ownedBy(let domain) = policy { domain } else { nil }
  }
}

extension ProviderPlan {
  /// A clock's number from the cells of a reference: 0 where it has none, the cell where it has one, and the first cell
  /// times 65,536 plus the second where it has two.
  public static func clockNumber(_ specifier: [UInt32]) -> UInt32 {
    guard let first = specifier.first else { return 0 }
    return specifier.count == 1 ? first : first << 16 | specifier[1] & 0xFFFF
  }
}
