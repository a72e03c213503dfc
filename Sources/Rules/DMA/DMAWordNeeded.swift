import Diagnostics
import Manifest
import Partition

/// `dma: unprotected` stands only where it excuses something.
enum DMAWordNeeded: Rule {
  static let description = RuleDescription(
    "BH-DMA-002", title: "no needless excuse",
    requirement: "`dma: unprotected` should stand only on entries that bring a DMA master without a live SMMU.",
    hazard:
      "While one unprotected master exists, every memory claim is assumed and not proved; a needless word gives that "
      + "proof away, and hides a real need that comes later.",
    applicability: "A warning.",
    example: "devices: [ { path: /pl011@9000000, dma: unprotected, reason: \"…\" } ]      # a PL011 starts no DMA",
    isWaivable: true)

  static func check(_ context: RuleContext) -> [Finding] {
    context.draft.domains.flatMap { domain in
      domain.declaration.devices.compactMap { declaration in
        guard let word = declaration.hasUnprotectedDMA, word.value else { return nil }
        let brought = domain.devices.filter { $0.declaration.path == declaration.path }
        guard let first = brought.first, !brought.contains(where: \.needsUnprotectedDMA) else { return nil }
        let why =
          first.liveStreams.first.map { "its DMA goes through the SMMU \($0.smmu)" } ?? "it is known not to start DMA"
        return Finding(
          description, .warning, "\(first.path) of domain \(domain.name) has `dma: unprotected`, and \(why)",
          subjects: [first.path, domain.subject], resource: ResourceReference(.stream), domains: [domain.name],
          spans: [word.span], help: "take `dma: unprotected` and its reason out")
      }
    }
  }
}
