/// Two claims on one resource that do not say the same.
public struct OwnershipConflict: Hashable, Sendable {
  /// What both claim: for memory and registers the part that overlaps.
  public let resource: Resource
  /// The claim that was there.
  public let existing: Claim
  /// The claim that came second.
  public let incoming: Claim

  /// Names the resource and both claims.
  public init(_ resource: Resource, existing: Claim, incoming: Claim) {
    self.resource = resource
    self.existing = existing
    self.incoming = incoming
  }
}
