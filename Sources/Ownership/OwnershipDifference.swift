/// One respect in which two ownership maps are not equal.
public enum OwnershipDifference: Hashable, Sendable {
  /// The first map has a claim where the second has none.
  case missing(Resource, expected: Claim)
  /// The second map has a claim where the first has none.
  case extra(Resource, found: Claim)
  /// Both have a claim, and they differ in owner or rights.
  case different(Resource, expected: Claim, found: Claim)
}

extension OwnershipDifference {
  /// What a disagreement about a run of addresses amounts to. RAM on one side and registers on the other are two
  /// differences: one resource is missing, another is extra.
  static func addresses(_ difference: AddressMap<Holding>.Difference) -> [OwnershipDifference] {
    let range = difference.range
    switch (difference.expected, difference.found) {
    case (let expected?, let found?) where expected.isMemory == found.isMemory:
      return [.different(expected.resource(range), expected: expected.claim, found: found.claim)]
    default:
      let missing = difference.expected.map { OwnershipDifference.missing($0.resource(range), expected: $0.claim) }
      let extra = difference.found.map { OwnershipDifference.extra($0.resource(range), found: $0.claim) }
      return [missing, extra].compactMap { $0 }
    }
  }
}
