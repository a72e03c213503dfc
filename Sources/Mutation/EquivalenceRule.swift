import Verifier

/// Why a mutant is no other system than the one that was built, although its bytes differ. Each rule is a type with its
/// reason; a rule is a last resort where no strictness of the verifier is right.
public protocol EquivalenceRule: Sendable {
  /// A few words for the report.
  static var name: String { get }
  /// Whether it covers a mutant.
  static func covers(_ mutant: Mutant, of system: FinishedSystem, in image: MemoryImage) -> Bool
}
