import Diagnostics
import Manifest
import Ownership
import Partition

/// Everything that is mapped is whole pages.
enum WholePages: Rule {
  static let description = RuleDescription(
    "BH-MEM-016", title: "memory is whole pages",
    requirement:
      "`base`, `guest` and `size` of every memory region, and granted reserved memory, shall be multiples of "
      + "4 KiB, as shall be the hypervisor's memory.",
    hazard:
      "Stage 2 maps whole pages (Arm DDI 0487, D8.2): a region one byte short of a page gives the domain the rest of it "
      + "as well, whoever's it is. Bao rounds without a message.",
    example: "memory: [ { base: 0x50000800, size: 32 MiB } ]")

  static func check(_ context: RuleContext) -> [Finding] {
    var findings: [Finding] = []
    if let memory = context.draft.manifest.hypervisor.memory {
      findings += check("hypervisor.memory", memory, "hypervisor", [], isSize: true)
    }
    for domain in context.draft.domains {
      for entry in domain.memory {
        let field = "\(domain.subject).memory[\(entry.index)]"
        findings += check("\(field).size", entry.declaration.size, field, [domain.name], isSize: true)
        for (key, value) in [("base", entry.declaration.base), ("guest", entry.declaration.guest)] {
          guard let value else { continue }
          findings += check("\(field).\(key)", value, field, [domain.name])
        }
      }
      findings += domain.reservedMemory.compactMap { check($0, domain) }
    }
    return findings
  }

  private static func check(
    _ field: String, _ number: Located<UInt64>, _ subject: String, _ domains: [String], isSize: Bool = false
  ) -> [Finding] {
    let value = number.value
    guard value % Granule.page != 0 else { return [] }
    let lower = value.roundedDown(to: Granule.page)
    let upper = value.roundedUp(to: Granule.page)
    let choices = [lower == 0 ? nil : lower, upper].compactMap { $0 }.map { number in
      isSize ? "`\(number.byteCount)`" : "`\(number.hexadecimal)`"
    }
    let written = isSize ? "\(value) bytes (\(value.hexadecimal))" : value.hexadecimal
    // Who writes a handful of bytes has left the unit out.
    let isUnitMissing = isSize && lower == 0
    return [
      Finding(
        description, .error, "\(field) is \(written), which is no multiple of 4 KiB", subjects: [subject],
        resource: ResourceReference(.memory, value.hexadecimal), domains: domains, spans: [number.span],
        help: isUnitMissing
          ? "write the unit, `\(value) MiB` for example; a plain number counts bytes"
          : "write \(choices.joined(separator: " or "))")
    ]
  }

  private static func check(_ grant: GrantedMemory, _ domain: DomainDraft) -> Finding? {
    let range = grant.region.physical
    guard !range.isAligned(to: Granule.page) else { return nil }
    return Finding(
      description, .error,
      "\(domain.subject).reserved-memory names \(grant.reserved.path), whose \(range) is not whole pages",
      subjects: [grant.reserved.path, domain.subject],
      resource: ResourceReference(.reservedMemory, range.base.hexadecimal), domains: [domain.name], spans: [grant.span],
      help: "take it out; only whole pages can be given to one domain and kept from the others")
  }
}
