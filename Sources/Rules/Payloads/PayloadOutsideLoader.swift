import Diagnostics
import Ownership
import Partition

/// Nothing is loaded over the boot loader's own things.
enum PayloadOutsideLoader: Rule {
  static let description = RuleDescription(
    "BH-PAY-012", title: "nothing is loaded over the boot loader",
    requirement:
      "No payload shall lie in memory that the boot loader itself uses until the domains start (`loader-memory` of "
      + "board.yaml).",
    hazard:
      "The boot loader overwrites it, or is overwritten: QEMU refuses with “regions overlap” where it puts its own "
      + "device tree.",
    applicability: "Boards whose board.yaml lists `loader-memory`; a domain's memory may cover it all the same.",
    example: "kernel: raw.bin\nload: 0x48000000      # QEMU's own device tree")

  static func check(_ context: RuleContext) -> [Finding] {
    let loaderRanges = context.draft.board.description.loaderRanges
    return context.draft.domains.flatMap { domain in
      domain.payloads.compactMap { payload in
        guard let physical = payload.physical, let range = loaderRanges.first(where: { $0.overlaps(physical) }) else {
          return nil
        }
        return Finding(
          description, .error,
          "the \(payload.description) of domain \(domain.name) goes to \(physical), and the boot loader of "
            + "\(context.draft.board.name) uses \(range) itself",
          subjects: ["\(domain.subject).\(payload.role.rawValue)", context.draft.board.name],
          resource: ResourceReference(.payload, physical.base.hexadecimal), domains: [domain.name],
          spans: [payload.span], help: "load it at \(range.end?.hexadecimal ?? "a lower address") or above")
      }
    }
  }
}
