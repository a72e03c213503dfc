import BulkheadKit
import Testing

@testable import Verifier

/// A built system of which single numbers were changed, and what single claims say of it.
struct EditedSystem {
  let built: BuiltSystem
  /// As it was built.
  let original: FinishedSystem
  var image: MemoryImage
  var pieces: [LoadedPiece]

  init(_ built: BuiltSystem) throws {
    self.built = built
    original = try built.system()
    image = built.image
    pieces = built.pieces
  }

  /// The demonstration.
  init() throws { try self.init(try BuiltSystem.cockpit.get()) }

  /// The leaf of a domain that maps a guest address.
  func leaf(_ domain: Int, _ guest: UInt64) throws -> Leaf {
    try #require(original.domains[domain].stage2.leaf(at: guest))
  }

  /// The page of the first channel.
  func channel() throws -> UInt64 {
    let entries = built.context.plan.entries
    let range = entries.first { if case .channel = $0.claim.owner { true } else { false } }?.resource.range
    return try #require(range?.base)
  }

  /// Changes the descriptor that maps a guest address for a domain.
  mutating func editLeaf(_ domain: Int, _ guest: UInt64, _ edit: (UInt64) -> UInt64) throws {
    image = try image.editing(original.placement.physical(try leaf(domain, guest).place), edit)
  }

  /// Lets the descriptor that maps a guest address for a domain lead somewhere else.
  mutating func redirect(_ domain: Int, _ guest: UInt64, to output: UInt64) throws {
    try editLeaf(domain, guest) { $0 & ~0xFFFF_FFFF_F000 | output }
  }

  /// Changes a number in the head of the partition table.
  mutating func editHead<Number: FixedWidthInteger>(_ offset: Int, _ edit: (Number) -> Number) throws {
    image = try image.editing(original.placement.physical(original.partition.range.base + UInt64(offset)), edit)
  }

  /// Changes a number in a CPU record.
  mutating func editCPU<Number: FixedWidthInteger>(
    _ index: Int, _ offset: Int, _ edit: (Number) -> Number
  ) throws {
    try editHead(PartitionOffsets.Head.total + index * PartitionOffsets.CPU.total + offset, edit)
  }

  /// Changes a number in a domain record.
  mutating func editDomain<Number: FixedWidthInteger>(
    _ index: Int, _ offset: Int, _ edit: (Number) -> Number
  ) throws {
    let start = PartitionOffsets.Head.total + original.partition.cpus.count * PartitionOffsets.CPU.total
    try editHead(start + index * PartitionOffsets.Domain.total + offset, edit)
  }

  /// Puts an interrupt into, or takes it out of, one of the masks of a domain.
  mutating func flip(_ intid: UInt32, of domain: Int, mask: Int = PartitionOffsets.Domain.interrupts) throws {
    try editDomain(domain, mask + Int(intid / 32) * 4) { (word: UInt32) in word ^ 1 << (intid % 32) }
  }

  /// What a claim says now.
  func outcome(_ claim: any ProofClaim.Type, _ context: VerificationContext? = nil) throws -> ClaimOutcome {
    let context = context ?? built.context
    return claim.examine(
      try SystemReader.read(image, pieces: pieces, arrangement: context.arrangement), context)
  }

  /// Expects that a claim holds as built, and fails now with a message that has all of these words.
  func expect(
    _ claim: any ProofClaim.Type, says words: String..., at location: SourceLocation = #_sourceLocation
  ) throws {
    #expect(
      claim.examine(original, built.context).findings.map(\.message) == [], "before the change",
      sourceLocation: location)
    let findings = try outcome(claim).findings
    #expect(
      findings.contains { finding in words.allSatisfy(finding.message.contains) },
      "\(words) is not in \(findings.map(\.message))", sourceLocation: location)
    #expect(findings.allSatisfy { $0.rule == claim.description.id }, sourceLocation: location)
  }
}
