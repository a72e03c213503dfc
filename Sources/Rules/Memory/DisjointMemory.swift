import Diagnostics
import Ownership

/// No byte of RAM belongs to two domains or channels.
enum DisjointMemory: Rule {
  static let description = RuleDescription(
    "BH-MEM-010", title: "memory has one owner",
    requirement: "No page of RAM shall belong to two domains, two channels, or a domain and a channel.",
    hazard: "One domain reads and overwrites the code and data of the other. Bao builds such a configuration and hangs "
      + "without a word; Jailhouse and ACRN start it.",
    example: "domains:\n  a: { memory: [ { base: 0x50000000, size: 32 MiB } ] }\n"
      + "  b: { memory: [ { base: 0x51000000, size: 32 MiB } ] }")

  static func check(_ context: RuleContext) -> [Finding] {
    context.clashes.compactMap { clash in
      let (left, right) = (clash.first, clash.second)
      guard left.claimant.isUsedMemory, right.claimant.isUsedMemory, left.claimant != .hypervisor,
        right.claimant != .hypervisor
      else { return nil }
      return context.finding(
        description, left, right, overlap: clash.overlap, kind: kind(left.claimant, right.claimant),
        "\(context.words(left)) and \(context.words(right)) both claim \(clash.overlap)",
        help: help(left, right, context))
    }
  }

  private static func kind(_ left: Claimant, _ right: Claimant) -> ResourceKind {
    if case (.granted, .granted) = (left, right) { return .reservedMemory }
    return .memory
  }

  private static func help(_ left: PhysicalClaim, _ right: PhysicalClaim, _ context: RuleContext) -> String {
    let moved = [right, left].first { if case .region = $0.claimant { true } else { false } }
    guard let moved else { return "grant the memory to one domain only" }
    let name = context.subject(moved.claimant)
    if let place = context.freePlace(for: moved.pages.size) {
      return "write `base: \(place.base.hexadecimal)` for \(name), which is free, or leave `base` out"
    }
    return "leave `base` of \(name) out, and Bulkhead finds a place; the board has none for all of this as it is"
  }
}
