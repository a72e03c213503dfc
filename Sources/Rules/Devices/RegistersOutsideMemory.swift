import Diagnostics
import Ownership
import Partition

/// Registers do not lie in RAM.
enum RegistersOutsideMemory: Rule {
  static let description = RuleDescription(
    "BH-DEV-014", title: "no memory bank covers a device",
    requirement: "No bank of RAM shall cover the registers of an assigned device.",
    hazard:
      "One of the two descriptions is wrong: some trees claim RAM over their peripherals and rely on firmware to trim "
      + "it, and a region placed there would be registers. Bao and Xen map another domain's RAM as a device if told so.",
    example: "devices: [ /soc/serial@7e201000 ]      # inside memory@0, which claims 0 to 0x3fffffff")

  static func check(_ context: RuleContext) -> [Finding] {
    let declared = context.draft.manifest.memoryBanks
    let ranges = context.draft.ram
    var findings: [Finding] = []
    for domain in context.draft.domains {
      for device in domain.devices {
        let covering = ranges.indices.first { bank in device.assignment.pages.contains { $0.overlaps(ranges[bank]) } }
        guard let bank = covering, let pages = device.assignment.pages.first(where: { $0.overlaps(ranges[bank]) })
        else {
          continue
        }
        let name = declared == nil ? context.draft.board.memory[bank].path : "memory-banks[\(bank)]"
        findings.append(
          Finding(
            description, .error,
            "\(device.path) of domain \(domain.name) has registers at \(pages), inside the RAM that \(name) claims "
              + "(\(ranges[bank]))",
            subjects: [device.path, name], resource: ResourceReference(.page, pages.base.hexadecimal),
            domains: [domain.name], spans: [device.span, declared?[bank].range.span], labels: ["the bank"],
            help: declared == nil
              ? "write the RAM that the board really has under `memory-banks:`"
              : "make the bank end below the registers"))
      }
    }
    return findings
  }
}
