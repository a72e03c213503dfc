import Foundation
import Ownership

/// Holds the pieces that a domain has for one purpose against the files that the manifest names for it.
struct PayloadComparison {
  /// What does not fit, one sentence each.
  private(set) var objections: [String] = []

  private static let block: UInt64 = 2 << 20
  private let domain: FinishedDomain

  /// Compares.
  init(domain: FinishedDomain, files: [ExpectedPayloads.File], pieces: [LoadedPiece], memory: MemoryImage) {
    self.domain = domain
    var open = pieces
    for file in files {
      if let fault = file.fault {
        objections.append("\(words(file)) \(fault)")
        continue
      }
      for part in file.parts {
        guard let index = place(of: part, among: open, memory) else {
          objections.append("\(words(file)): \(part.bytes.count) bytes\(address(part)) are in no piece of the load map")
          continue
        }
        compare(part, of: file, with: open.remove(at: index), memory)
      }
    }
    objections += open.map { "\($0.words) at \($0.memory) is no file that the manifest names" }
  }

  private func words(_ file: ExpectedPayloads.File) -> String {
    "the \(file.role) \(file.name) of domain \(file.domain)"
  }

  private func address(_ part: ExpectedPayloads.Part) -> String {
    part.guest.map { " for the guest address \($0.hexadecimal)" } ?? ""
  }

  /// The piece for a part: at its guest address; of several without one, the first that has its bytes.
  private func place(
    of part: ExpectedPayloads.Part, among pieces: [LoadedPiece], _ memory: MemoryImage
  ) -> Int? {
    if let guest = part.guest {
      let physical = domain.stage2.run(at: guest)?.output(of: guest)
      return pieces.firstIndex { $0.memory.base == physical }
    }
    guard pieces.count > 1 else { return pieces.indices.first }
    return pieces.firstIndex { memory.firstDifference(from: part.bytes, at: $0.memory.base) == nil } ?? 0
  }

  private mutating func compare(
    _ part: ExpectedPayloads.Part, of file: ExpectedPayloads.File, with piece: LoadedPiece, _ memory: MemoryImage
  ) {
    let who = "\(words(file)) at \(piece.memory)"
    let size = UInt64(part.bytes.count)
    if piece.size != size {
      objections.append("\(who) has \(piece.size) bytes by the load map, and \(size) in the file")
    }
    if piece.memory.size < part.memorySize {
      objections.append("\(who) needs \(part.memorySize) bytes of memory, more than the load map gives it")
    }
    if let offset = memory.firstDifference(from: part.bytes, at: piece.memory.base) {
      objections.append("\(who) differs from the file in byte \(offset) (\((piece.memory.base &+ offset).hexadecimal))")
    }
    let guest = domain.stage2.guestAddress(of: piece.memory)
    if let distance = part.offsetInBlock, guest.map({ $0 % Self.block != distance % Self.block }) ?? true {
      objections.append("\(who) is not \(distance.hexadecimal) above a multiple of 2 MiB, where an arm64 Image belongs")
    }
    checkEntry(file, guest, who)
  }

  private mutating func checkEntry(_ file: ExpectedPayloads.File, _ guest: UInt64?, _ who: String) {
    let wanted: UInt64?
    switch file.entry {
    case .address(let address): wanted = address
    case .firstByte: wanted = guest
    case nil: return
    }
    guard wanted != domain.record.entry else { return }
    objections.append(
      "\(who) starts at the guest address \(wanted.map(\.hexadecimal) ?? "that it does not have"), and the record says "
        + domain.record.entry.hexadecimal)
  }
}

extension TranslationReading {
  /// The input address that leads to the start of some physical memory, if one run leads to all of it.
  func guestAddress(of physical: AddressRange) -> UInt64? {
    guard let run = runs.first(where: { $0.output.contains(physical) }) else { return nil }
    return run.input.base + (physical.base - run.output.base)
  }
}
