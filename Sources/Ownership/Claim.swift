/// What is said about a resource: whose it is, and who may do what with it.
///
/// For nearly everything the owner is the only one with access. Only a channel's memory has several parties.
public struct Claim: Hashable, Sendable {
  /// The one owner.
  public let owner: Owner
  /// Who may do what, ordered by party; nobody else may do anything.
  public let access: [Access]

  /// A claim by an owner that shares with nobody.
  public init(_ owner: Owner, _ rights: Rights) {
    self.owner = owner
    access = owner == .nobody || rights.isEmpty ? [] : [Access(owner, rights)]
  }

  /// A claim with several parties, as a channel makes it.
  public init(_ owner: Owner, access: [Access]) {
    self.owner = owner
    self.access = access.sorted { $0.party < $1.party }
  }

  /// What `party` may do.
  public func rights(of party: Owner) -> Rights {
    access.reduce(into: []) { if $1.party == party { $0.formUnion($1.rights) } }
  }
}
