import Board
import Diagnostics
import Partition

/// What firmware, the boot loader or another processor keeps stays out of domains' and channels' memory.
enum ReservedMemoryKept: Rule {
  static let description = RuleDescription(
    "BH-MEM-014", title: "reserved memory is kept",
    requirement:
      "No region or device of a domain shall touch memory that the device tree's /reserved-memory or /memreserve/, or the "
      + "manifest's `reserved`, sets aside, and granted reserved memory shall touch no other reserved memory.",
    hazard:
      "Firmware, a DSP or a secure world goes on using that memory: it corrupts the domain, or the access faults.",
    example: "reserved: [ { base: 0x50000000, size: 1 MiB, owner: firmware, reason: \"…\" } ]\n"
      + "domains:\n  a: { memory: [ { base: 0x50000000, size: 32 MiB } ] }")

  static func check(_ context: RuleContext) -> [Finding] {
    context.clashes.compactMap { clash in
      guard
        let (used, kept) = clash.ordered(isUsed, isKept),
        !isItself(used.claimant, kept.claimant, context)
      else { return nil }
      return context.finding(
        description, used, kept, overlap: clash.overlap, kind: .reservedMemory,
        "\(context.words(used)) reaches into \(context.words(kept)), in \(clash.overlap)",
        help: help(used, kept, context))
    }
  }

  private static func isUsed(_ claimant: Claimant) -> Bool {
    if case .device = claimant { return true }
    return claimant.isUsedMemory && claimant != .hypervisor
  }

  private static func isKept(_ claimant: Claimant) -> Bool {
    switch claimant {
    case .reserved, .kept: true
    default: false
    }
  }

  /// A granted node is also in the board's list; that is no clash, nor is another node granted to the same domain.
  private static func isItself(_ used: Claimant, _ kept: Claimant, _ context: RuleContext) -> Bool {
    guard case .granted(let domain, _) = used, case .reserved(let index) = kept else { return false }
    let path = context.draft.board.reservedMemory[index].path
    return context.draft.domains[domain].reservedMemory.contains { $0.reserved.path == path }
  }

  private static func help(_ used: PhysicalClaim, _ kept: PhysicalClaim, _ context: RuleContext) -> String {
    if case .device = used.claimant {
      return "take \(context.subject(used.claimant)) out, or correct what is reserved: one of the two is wrong"
    }
    guard case .region = used.claimant else { return "grant both nodes to this domain, or neither" }
    let name = context.subject(used.claimant)
    let place = context.freePlace(for: used.pages.size).map { "write `base: \($0.base.hexadecimal)` for \(name), or " }
    return (place ?? "") + "leave `base` of \(name) out, so that Bulkhead keeps clear of it"
  }
}
