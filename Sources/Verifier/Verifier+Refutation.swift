import Diagnostics

extension Verifier {
  /// The first thing that is wrong with an image; `nil` where every claim holds.
  ///
  /// This is `verify` cut short: it reads the same way and goes through the same claims in the same order, and ends with
  /// the first that does not hold. So an image is refuted here exactly if it is not accepted there.
  public func refutation(of image: MemoryImage, pieces: [LoadedPiece]) -> Finding? {
    let system: FinishedSystem
    do throws(VerifierError) {
      system = try SystemReader.read(image, pieces: pieces, arrangement: context.arrangement)
    } catch {
      return error.finding
    }
    for claim in ClaimBook.all {
      let findings = claim.examine(system, context).findings
      if let finding = findings.first(where: { $0.severity == .error }) { return finding }
    }
    return nil
  }
}
