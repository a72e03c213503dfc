/// What one party may do with a resource.
public struct Access: Hashable, Sendable {
  /// Who.
  public let party: Owner
  /// What it may do.
  public let rights: Rights

  /// Grants `rights` to `party`.
  public init(_ party: Owner, _ rights: Rights) {
    self.party = party
    self.rights = rights
  }
}
