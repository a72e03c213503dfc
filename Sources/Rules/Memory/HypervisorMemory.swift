import Diagnostics

/// EL2's memory is nobody else's.
enum HypervisorMemory: Rule {
  static let description = RuleDescription(
    "BH-MEM-011", title: "the hypervisor's memory is its own",
    requirement: "No domain, channel, device or reserved memory shall touch the hypervisor's memory.",
    hazard:
      "A domain that can write there owns the board: on Bao and Xen a guest whose device region is the hypervisor's "
      + "RAM reads EL2's code and overwrites it; hvisor shipped boards whose hypervisor grew into a domain's RAM.",
    example: "domains:\n  a: { memory: [ { base: 0x40000000, size: 64 MiB } ] }      # the hypervisor is at 0x40200000")

  static func check(_ context: RuleContext) -> [Finding] {
    context.clashes.compactMap { clash in
      guard let (other, own) = clash.ordered({ $0 != .hypervisor }, { $0 == .hypervisor }) else { return nil }
      return context.finding(
        description, other, own, overlap: clash.overlap, kind: .memory,
        "\(context.words(other)) reaches into \(context.words(own)), in \(clash.overlap)",
        help: help(other, own, context))
    }
  }

  private static func help(_ other: PhysicalClaim, _ own: PhysicalClaim, _ context: RuleContext) -> String {
    let name = context.subject(other.claimant)
    guard case .region = other.claimant else { return "take \(name) out; nobody may have it" }
    if let place = context.freePlace(for: other.pages.size) {
      return "write `base: \(place.base.hexadecimal)` for \(name), which is free, or leave `base` out"
    }
    return "let \(name) start at \((own.pages.end ?? 0).hexadecimal) or above, or leave `base` out"
  }
}
