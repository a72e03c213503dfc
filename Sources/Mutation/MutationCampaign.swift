import Diagnostics
import Verifier

/// Changes a finished image a little, again and again, and sees whether the verifier notices by meaning alone: no hash is
/// looked at.
///
/// Most mutants are refused by a verifier that has not been given the payloads' files, and so need not compare tens of
/// megabytes; whatever lives through that is put to the whole one. That is sound, as is ending with the first claim that
/// fails (`Verifier.refutation`): leaving a check out can let a mutant live, never kill one.
public struct MutationCampaign: Sendable {
  /// Mutants that one task takes at a time.
  private static let batch = 256

  private let verifier: Verifier
  private let triage: Verifier
  private let equivalences: [any EquivalenceRule.Type]
  private let image: MemoryImage
  private let pieces: [LoadedPiece]
  private let system: FinishedSystem

  /// Prepares a campaign on an image, which has to be accepted as it is: else every mutant would be refused for what is
  /// wrong already.
  ///
  /// - Parameters:
  ///   - verifier: what has to refuse every mutant, with everything that it can be given.
  ///   - image: the image as it was built.
  ///   - pieces: its pieces.
  ///   - equivalences: rules by which a mutant may live. None is needed so far: the verifier asks every bit of tables,
  ///     records and trees to be as it is written.
  /// - Throws: `RefusedImage` with what is wrong with the image itself.
  public init(
    verifier: Verifier, image: MemoryImage, pieces: [LoadedPiece], equivalences: [any EquivalenceRule.Type] = []
  ) throws(RefusedImage) {
    let verification = verifier.verify(image: image, pieces: pieces)
    guard let system = verification.system, verification.isAccepted else {
      throw RefusedImage(findings: verification.findings)
    }
    self.verifier = verifier
    let context = verifier.context
    triage = Verifier(
      VerificationContext(
        board: context.board, manifest: context.manifest, plan: context.plan, runtime: context.runtime))
    self.equivalences = equivalences
    self.image = image
    self.pieces = pieces
    self.system = system
  }

  /// Tries every mutant on so many tasks at once.
  public func run(_ extent: MutationExtent, tasks: Int) async -> MutationReport {
    let flips = BitFlips(MutationPlaces(system).sites, extent)
    let structural = StructuralMutants(image, system).all()
    let count = max(1, tasks)
    return await withTaskGroup(of: MutationReport.self) { group in
      for task in 0..<count {
        group.addTask { work(task, of: count, flips, structural) }
      }
      var report = MutationReport()
      for await part in group { report.add(part) }
      return report
    }
  }

  /// One task's share: every `count`-th batch.
  private func work(_ task: Int, of count: Int, _ flips: BitFlips, _ structural: [Mutant]) -> MutationReport {
    var report = MutationReport()
    var mutable = MutableImage(image)
    let total = flips.count + structural.count
    var start = task * Self.batch
    while start < total {
      for index in start..<min(start + Self.batch, total) {
        let mutant = index < flips.count ? flips.mutant(index, byte: byte(at:)) : structural[index - flips.count]
        guard let mutant, let fate = mutable.with(mutant.patches, { fate(of: mutant, $0) }) else { continue }
        report.add(mutant, fate)
      }
      start += count * Self.batch
    }
    return report
  }

  /// What becomes of a mutant, `image` being what it is in memory.
  func fate(of mutant: Mutant, _ image: MemoryImage) -> MutantFate {
    for verifier in [triage, verifier] {
      if let finding = verifier.refutation(of: image, pieces: pieces) { return .killed(finding.rule.rawValue) }
    }
    for rule in equivalences where rule.covers(mutant, of: system, in: image) { return .equivalent(rule.name) }
    return .survived
  }

  /// A byte of the image as it was built.
  private func byte(at address: UInt64) -> UInt8? {
    guard let segment = image.segment(at: address) else { return nil }
    let offset = Int(address - segment.memory.base)
    return offset < segment.bytes.count ? segment.bytes[segment.bytes.startIndex + offset] : nil
  }
}
