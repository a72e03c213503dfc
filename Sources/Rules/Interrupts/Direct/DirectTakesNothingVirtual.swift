import Diagnostics
import Manifest
import Partition

/// EL2 cannot signal anything to a direct domain.
enum DirectTakesNothingVirtual: Rule {
  static let description = RuleDescription(
    "BH-IRQ-032", title: "no virtual interrupts for domains with direct ones",
    requirement:
      "A domain that takes its interrupts directly shall have no virtual console, read no channel with a doorbell, and be "
      + "no side of a virtio device.",
    hazard: "With HCR_EL2.IMO = 0 no list register signals: the domain would wait for an interrupt that never comes.",
    applicability: "`interrupts: direct`, in images for Bulkhead's own runtime.",
    example: "domains:\n  a: { interrupts: direct, console: virtual, … }")

  static func check(_ context: RuleContext) -> [Finding] {
    context.directDomains.flatMap { domain in
      console(domain, context) + channels(domain, context)
    }
  }

  private static func console(_ domain: DomainDraft, _ context: RuleContext) -> [Finding] {
    guard domain.console != nil else { return [] }
    let isWritten = domain.declaration.console != nil
    return [
      context.directFinding(
        description,
        "domain \(domain.name) is to take its interrupts directly, and has a virtual console"
          + (isWritten ? "" : ", as every domain without a UART of its own has unless it says otherwise")
          + ": EL2 could not tell it of a character", domain, at: domain.declaration.console?.span,
        label: "the virtual console",
        help: "write `console: none`, or give the domain a UART of its own under `devices`")
    ]
  }

  private static func channels(_ domain: DomainDraft, _ context: RuleContext) -> [Finding] {
    context.draft.manifest.channels.compactMap { channel in
      let reads = channel.readers.first { $0.value == domain.name }
      let writes = channel.writer.value == domain.name ? channel.writer : nil
      let isVirtio = channel.kind.value == .virtioBlock
      let isTold = domain.virtualDevices.contains { $0.name == channel.name.value && $0.intid != nil }
      guard let side = reads ?? writes, isVirtio || isTold || reads != nil && channel.doorbell?.value == true else {
        return nil
      }
      return context.directFinding(
        description,
        "domain \(domain.name) is to take its interrupts directly, and channel \(channel.name.value) is to raise a virtual "
          + "interrupt there", domain, at: side.span, label: "the channel's side",
        help: isVirtio || reads == nil
          ? "write `interrupts: virtual`, or keep the domain out of the channel"
          : "write `interrupts: virtual`, or remove `doorbell`: readers poll the channel's memory")
    }
  }
}
