import Diagnostics
import Ownership

/// Proves the claims on finished bytes. Made once for a board, a manifest and a plan, it verifies any number of images.
public struct Verifier: Sendable {
  /// What the bytes are held against.
  public let context: VerificationContext

  /// Prepares everything that does not depend on the bytes.
  public init(_ context: VerificationContext) { self.context = context }

  /// Decodes an image and looks at every claim.
  public func verify(image: MemoryImage, pieces: [LoadedPiece]) -> Verification {
    let system: FinishedSystem
    do throws(VerifierError) {
      system = try SystemReader.read(image, pieces: pieces, arrangement: context.arrangement)
    } catch {
      return Verification(
        image: image.name, system: nil, ownership: Ownership(), claims: [], findings: [error.finding])
    }
    let reading = OwnershipReading(system, context)
    // What was rebuilt once need not be rebuilt to be compared.
    let outcomes = ClaimBook.all.map { claim in
      claim is AgreesWithPlan.Type
        ? AgreesWithPlan.outcome(of: reading, system, context) : claim.examine(system, context)
    }
    return Verification(
      image: image.name, system: system, ownership: reading.map, claims: outcomes,
      findings: outcomes.flatMap(\.findings))
  }

  /// Verifies one image.
  public static func verify(image: MemoryImage, pieces: [LoadedPiece], context: VerificationContext) -> Verification {
    Verifier(context).verify(image: image, pieces: pieces)
  }
}
