import Diagnostics
import Partition

/// A guest address stands for one piece of memory.
enum GuestRegionsApart: Rule {
  static let description = RuleDescription(
    "BH-GST-002", title: "guest addresses are used once",
    requirement: "No two memory regions, granted regions or channels of a domain shall overlap in guest addresses.",
    hazard:
      "Only one of the two can be mapped there; the domain loses the other. Bao builds it and that domain's CPU spins.",
    example: "memory:\n  - { size: 32 MiB, guest: 0x40000000 }\n  - { size: 32 MiB, guest: 0x41000000 }")

  static func check(_ context: RuleContext) -> [Finding] {
    context.guestLayouts.flatMap { layout in
      layout.overlaps.compactMap { overlap in
        guard overlap.left.isMemory, overlap.right.isMemory else { return nil }
        return Finding(
          description, .error,
          "\(overlap.left.name) is seen at \(overlap.left.range) and \(overlap.right.name) at \(overlap.right.range), which "
            + "overlap in \(overlap.range)",
          subjects: [overlap.left.name, overlap.right.name],
          resource: ResourceReference(.region, overlap.range.base.hexadecimal), domains: [layout.domain.name],
          spans: [overlap.right.span, overlap.left.span], labels: ["the other region"],
          help: "write another `guest:` for one of them, or leave it out")
      }
    }
  }
}

extension GuestLayout.Part {
  /// Whether the part is RAM that is mapped.
  var isMemory: Bool {
    switch kind {
    case .memory, .granted, .channel: true
    case .device, .distributor, .redistributors, .cpuInterface, .console: false
    }
  }
}
