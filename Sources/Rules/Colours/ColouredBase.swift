import Diagnostics
import Ownership
import Partition

/// Rows of colours start where colours start to count.
enum ColouredBase: Rule {
  static let description = RuleDescription(
    "BH-COL-007", title: "coloured memory starts with a row",
    requirement: "`base:` of a coloured domain's memory shall be a multiple of a way of the shared cache.",
    hazard: "Colours count from multiples of a way; anywhere else it is not clear which page is meant to be the first.",
    applicability:
      "Domains with `colours:` and `base:`; without `base:` Bulkhead finds a place. `guest:` may be any page.",
    example: "memory: [ { base: 0x50001000, size: 32 MiB } ]\ncolours: [0, 1]")

  static func check(_ context: RuleContext) -> [Finding] {
    guard let count = context.draft.colouring?.colourCount else { return [] }
    let row = UInt64(count) * Granule.page
    return context.draft.domains.flatMap { domain in
      domain.memory.compactMap { entry in
        guard let base = entry.declaration.base, base.value % row != 0 else { return nil }
        let field = "\(domain.subject).memory[\(entry.index)]"
        return Finding(
          description, .error,
          "\(field).base is \(base.value.hexadecimal), and coloured memory starts at a multiple of "
            + "\(row.byteCount), a way of the shared cache",
          subjects: [field], resource: ResourceReference(.colour, base.value.hexadecimal), domains: [domain.name],
          spans: [base.span], help: "write `base: \(base.value.roundedDown(to: row).hexadecimal)`, or leave it out")
      }
    }
  }
}
