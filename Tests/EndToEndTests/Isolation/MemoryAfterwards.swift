import BulkheadKit
import Foundation
import Ownership
import Partition
import Verifier

/// What RAM has to hold when the attacker has done its worst, where nobody else may change it: the files that were loaded,
/// the witness's pattern, and nothing.
struct MemoryAfterwards {
  let memory: EmulatedMemory
  let plan: Plan
  /// The folder that was built.
  let folder: String

  /// Every difference, in words.
  func differences(pattern: [Range<UInt64>]) throws -> [String] { try differences() + witness(pattern) }

  /// The same where there is no witness.
  func differences() throws -> [String] { try hypervisor() + neighbour("victim") + untouched() }

  /// All that EL2 itself may not write, or does not even map: its code, constants, the partition table and every table.
  private func hypervisor() throws -> [String] {
    let output = try FinishedOutput(folder: folder)
    guard let image = output.containers.first else { return ["no image"] }
    let system = try SystemReader.read(image, pieces: output.pieces)
    var problems: [String] = []
    var compared = 0
    for piece in output.pieces where piece.owner == "hypervisor" {
      guard let name = piece.file else { continue }
      let file = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
      for offset in stride(from: 0, to: file.count, by: 4096) {
        guard let page = AddressRange(base: piece.memory.base + UInt64(offset), size: 4096) else { continue }
        // AP[2], bit 7 of a stage-1 descriptor: read-only (Arm DDI 0487, D8.4.1).
        if let run = system.hypervisorMap.run(at: page.base), run.descriptor >> 7 & 1 == 0 { continue }
        let expected = Array(file[offset..<min(offset + 4096, file.count)])
        compared += 1
        if try Array(memory.bytes(page).prefix(expected.count)) != expected {
          problems.append("the hypervisor's page at \(page.base.hexadecimal) is not as it was loaded")
        }
      }
    }
    return problems + (compared > 8 ? [] : ["only \(compared) pages of the hypervisor were compared"])
  }

  /// The domain's memory but its kernel and its device tree is as it was: zero. Its tree is the file.
  private func neighbour(_ name: String) throws -> [String] {
    guard let domain = plan.domains.first(where: { $0.name == name }) else { return ["no domain \(name)"] }
    let used = AddressSet(domain.payloads.map(\.physical.pages))
    let free = AddressSet(domain.memory.map(\.physical)).subtracting(used)
    var problems = try zero(free.runs, "\(name)'s memory")
    let tree = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/domains/\(name).dtb")))
    if let place = domain.payloads.first(where: { $0.role == .deviceTree })?.physical,
      try Array(memory.bytes(place).prefix(tree.count)) != tree
    {
      problems.append("\(name)'s device tree is not as it was loaded")
    }
    return problems
  }

  /// Memory of nobody and of firmware; what the emulator's loader itself uses is left out.
  private func untouched() throws -> [String] {
    let taken = plan.ownership.entries.compactMap { resource, claim -> AddressRange? in
      if case .memory(let range) = resource, claim.owner != .firmware { range } else { nil }
    }
    let free = AddressSet(plan.ram).subtracting(AddressSet(taken + plan.board.description.loaderRanges.map(\.pages)))
    return try zero(free.runs, "memory that no domain has")
  }

  private func zero(_ ranges: [AddressRange], _ whose: String) throws -> [String] {
    try ranges.compactMap { range in
      try memory.firstNonzero(range).map { "\(whose) was written at \($0.hexadecimal)" }
    }
  }

  /// The witness's memory, word by word (HostileGuest's MemoryPattern).
  private func witness(_ pattern: [Range<UInt64>]) throws -> [String] {
    guard let domain = plan.domains.first(where: { $0.name == "witness" }), let region = domain.memory.first else {
      return ["no witness"]
    }
    var words = 0
    for part in pattern {
      guard let range = AddressRange(base: part.lowerBound, last: part.upperBound &- 1) else { continue }
      guard region.guest.contains(range), let place = range.moved(from: region.guest.base, to: region.physical.base)
      else { return ["the pattern does not lie in the witness's memory"] }
      let bytes = try memory.bytes(place)
      let first = bytes.withUnsafeBytes { raw in
        stride(from: 0, to: raw.count, by: 8).first { offset in
          let address = range.base + UInt64(offset)
          return UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            != (address ^ 0x5A5A_5A5A) &* 0x9E37_79B9_7F4A_7C15
        }
      }
      if let first { return ["the witness's memory changed at \((range.base + UInt64(first)).hexadecimal)"] }
      words += bytes.count / 8
    }
    return words * 8 >= Int(region.guest.size) - (1 << 20) ? [] : ["the pattern covers \(words * 8) bytes only"]
  }
}
