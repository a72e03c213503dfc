import BulkheadKit
import Foundation
import Testing

@testable import Verifier

@Suite("Claims on what is loaded, held against edited pieces and bytes")
struct PayloadClaimTests {
  private func piece(_ system: EditedSystem, _ owner: String, _ role: String) throws -> Int {
    try #require(system.pieces.firstIndex { $0.owner == owner && $0.role == role })
  }

  private func moved(_ piece: LoadedPiece, to base: UInt64? = nil, size: UInt64? = nil, owner: String? = nil) throws
    -> LoadedPiece
  {
    let memory = try #require(AddressRange(base: base ?? piece.memory.base, size: piece.memory.size))
    return LoadedPiece(
      role: piece.role, owner: owner ?? piece.owner, file: piece.file, offset: piece.offset, memory: memory,
      size: size ?? piece.size,
      sha256: piece.sha256)
  }

  @Test("a payload in memory of another domain, of nobody, of the boot loader or beyond RAM is refused")
  func places() throws {
    let targets: [(UInt64, String)] = [
      (try BuiltSystem.cockpit.get().system().domains[0].record.regions[0].base, "alone by its stage 2"),
      (0x7000_0000, "alone by its stage 2"), (0x4800_0000, "the boot loader works"), (0x900_0000, "is not all in RAM"),
    ]
    for (target, words) in targets {
      var system = try EditedSystem()
      let index = try piece(system, "infotainment", "initrd")
      system.pieces[index] = try moved(system.pieces[index], to: target)
      try system.expect(PiecesInPlace.self, says: "the initrd of domain infotainment", words)
    }
    var foreign = try EditedSystem()
    let index = try piece(foreign, "infotainment", "initrd")
    foreign.pieces[index] = try moved(foreign.pieces[index], owner: "cluster")
    try foreign.expect(PiecesInPlace.self, says: "the initrd of domain cluster", "alone by its stage 2")
  }

  @Test("bytes of no piece, and a start outside the kernel, are refused")
  func starts() throws {
    var stray = try EditedSystem()
    stray.pieces.remove(at: try piece(stray, "infotainment", "initrd"))
    try stray.expect(PiecesInPlace.self, says: "no piece of the load map")
    var start = try EditedSystem()
    try start.editDomain(1, PartitionOffsets.Domain.entry) { (word: UInt64) in word + 0x3000_0000 }
    try start.expect(PiecesInPlace.self, says: "domain infotainment starts at", "where no byte of its kernel is")
    try start.expect(PayloadsAreTheInput.self, says: "infotainment", "starts at")
    var tree = try EditedSystem()
    try tree.editDomain(0, PartitionOffsets.Domain.treeAddress) { (word: UInt64) in word - 8 }
    try tree.expect(PiecesInPlace.self, says: "domain cluster is handed a tree")
  }

  @Test("a changed byte of a payload is found, and where it is", arguments: [0, 1, 4095, 20_000_001])
  func bytes(offset: UInt64) throws {
    var system = try EditedSystem()
    let kernel = system.pieces[try piece(system, "infotainment", "kernel")]
    let place = kernel.memory.base + offset
    system.image = try system.image.editing(place) { (byte: UInt8) in byte ^ 0x80 }
    // The magic number of an Image is not among these offsets.
    try system.expect(
      PayloadsAreTheInput.self, says: "the kernel", "infotainment", "in byte \(offset) (\(place.hexadecimal))")
  }

  @Test("a payload that is cut off, missing or not in the manifest is found")
  func files() throws {
    var short = try EditedSystem()
    let index = try piece(short, "infotainment", "initrd")
    short.pieces[index] = try moved(short.pieces[index], size: short.pieces[index].size - 1)
    try short.expect(PayloadsAreTheInput.self, says: "the initrd", "by the load map")
    var missing = try EditedSystem()
    missing.pieces.remove(at: try piece(missing, "cluster", "kernel"))
    try missing.expect(PayloadsAreTheInput.self, says: "the kernel", "are in no piece of the load map")
    var extra = try EditedSystem()
    extra.pieces.append(try moved(extra.pieces[try piece(extra, "infotainment", "initrd")], owner: "cluster"))
    try extra.expect(
      PayloadsAreTheInput.self, says: "the initrd of domain cluster", "is no file that the manifest names")
  }

  @Test("without the input files the claim is an assumption")
  func assumed() throws {
    let built = try BuiltSystem.cockpit.get()
    let context = VerificationContext(
      board: built.plan.board, manifest: built.plan.manifest, plan: built.plan.ownership)
    let outcome = PayloadsAreTheInput.examine(try built.system(), context)
    #expect(outcome.verdict == "assumed")
    #expect(outcome.assumptions.count == 1)
    #expect(outcome.examined == 3)
  }

  @Test("a byte behind a kernel that is not zero is found")
  func behind() throws {
    var system = try EditedSystem()
    let kernel = system.pieces[try piece(system, "infotainment", "kernel")]
    let segments = try system.image.segments.map { segment -> ImageSegment in
      guard segment.memory == kernel.memory else { return segment }
      let bytes = segment.bytes + Data(count: 77) + Data([1])
      return try #require(
        ImageSegment(
          name: segment.name, address: segment.memory.base, bytes: bytes, memorySize: segment.memory.size))
    }
    system.image = try MemoryImage(name: system.image.name, entry: system.image.entry, segments: segments)
    try system.expect(
      NothingBehindPayloads.self, says: "the kernel of domain infotainment",
      (kernel.memory.base + kernel.size + 77).hexadecimal)
  }
}
