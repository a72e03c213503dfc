import Diagnostics
import Foundation
import Ownership

/// Whether a container puts the same into memory as the pieces of the load map: the same bytes where both have some,
/// nothing beside them, and nothing left out.
struct ContainerAgreement {
  /// The pieces by the load map.
  let pieces: [LoadedPiece]
  /// What they put into memory.
  let reference: MemoryImage
  /// EL2's stacks by the partition table, with their guards: what a container may leave out of the hypervisor.
  let stacks: [AddressRange]

  /// Takes the pieces of a folder.
  init(pieces: [LoadedPiece], reference: MemoryImage) {
    self.pieces = pieces
    self.reference = reference
    stacks = Self.stacks(in: reference)
  }

  /// Where they disagree, each piece once at most.
  ///
  /// - Parameters:
  ///   - givesZeros: whether the container also zeroes what no file gives; a FIT leaves that to the boot script.
  ///   - part: the pieces that the container holds; `nil` for all.
  func findings(_ container: MemoryImage, givesZeros: Bool, on part: [LoadedPiece]? = nil) -> [Finding] {
    let pieces = part ?? self.pieces
    var findings: [Finding] = []
    if container.entry != reference.entry {
      findings.append(
        finding(
          container,
          "starts at \(container.entry.hexadecimal), and \(reference.name) at \(reference.entry.hexadecimal)",
          at: container.entry))
    }
    for piece in pieces { findings += compare(piece, container, givesZeros: givesZeros) }
    let known = AddressSet(pieces.map(\.memory))
    for segment in container.segments {
      guard !known.contains(segment.memory),
        let stray = AddressSet([segment.memory]).subtracting(known).runs.first
      else { continue }
      findings.append(
        finding(
          container,
          "puts \(segment.name) at \(segment.memory), where from \(stray.base.hexadecimal) on no piece of "
            + "\(LoadMapReader.fileName) goes", at: stray.base))
    }
    return findings
  }

  private func compare(_ piece: LoadedPiece, _ container: MemoryImage, givesZeros: Bool) -> [Finding] {
    guard let source = reference.segment(at: piece.memory.base) else { return [] }
    var missing = AddressSet(required(piece, source, givesZeros: givesZeros))
    for segment in container.segments(overlapping: piece.memory) {
      guard let common = segment.memory.intersection(piece.memory) else { continue }
      let difference = ByteComparison.firstDifference(
        source.bytes, from: common.base - piece.memory.base, segment.bytes, from: common.base - segment.memory.base,
        count: common.size)
      if let difference {
        let address = common.base + difference
        return [
          finding(
            container,
            "differs from \(LoadMapReader.words(piece)) (\(source.name)) at \(address.hexadecimal), "
              + "byte \(address - piece.memory.base) of the piece", at: address)
        ]
      }
      missing = missing.subtracting(AddressSet([common]))
    }
    guard let gap = missing.runs.first else { return [] }
    return [
      finding(
        container, "leaves out \(LoadMapReader.words(piece)) (\(source.name)) from \(gap.base.hexadecimal) on",
        at: gap.base)
    ]
  }

  /// What has to be there of a piece.
  private func required(_ piece: LoadedPiece, _ source: ImageSegment, givesZeros: Bool) -> [AddressRange] {
    guard piece.role == "hypervisor" else {
      if givesZeros { return [piece.memory] }
      return [AddressRange(base: piece.memory.base, size: piece.size)].compactMap { $0 }
    }
    return AddressSet([source.memory]).subtracting(AddressSet(stacks)).runs
  }

  /// Stacks, as far as they can be read; if they cannot, every byte of the hypervisor has to be there. The page below a
  /// stack is its guard if it holds nothing.
  private static func stacks(in image: MemoryImage) -> [AddressRange] {
    guard let sections = try? HypervisorHeaderReader.read(image),
      let partition = try? PartitionReader.read(image, at: sections)
    else { return [] }
    return partition.cpus.compactMap { cpu in
      guard cpu.state >= sections.stackSize else { return nil }
      let base = cpu.state - sections.stackSize
      let bottom = base & ~4095
      let guarded = bottom >= 4096 ? AddressRange(base: bottom - 4096, size: 4096) : nil
      let isGuard = guarded.flatMap { image.bytes(at: $0) }?.allSatisfy { $0 == 0 } ?? false
      return AddressRange(base: isGuard ? bottom - 4096 : base, last: cpu.state - 1)
    }
  }

  private func finding(_ container: MemoryImage, _ words: String, at address: UInt64) -> Finding {
    Finding(
      VerifierRules.agreement, .error, "\(container.name) \(words)", subjects: [container.name],
      resource: ResourceReference(.memory, address.hexadecimal), help: VerifierRules.rebuild)
  }
}
