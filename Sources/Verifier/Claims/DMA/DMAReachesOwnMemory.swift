import Diagnostics
import Ownership

/// The tables behind a domain's streams lead to that domain's RAM and nowhere else.
enum DMAReachesOwnMemory: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-151", title: "translated DMA reaches its domain's RAM, and nothing else",
    requirement:
      "The stage-2 tables of a domain's streams shall map exactly the RAM that the domain's own stage 2 maps, at the same "
      + "guest addresses to the same physical ones, as Normal Write-Back memory that is read and written and never "
      + "executed: no channel, no registers.",
    hazard: "A device reads or writes what its domain's CPUs cannot, or not what its driver means.",
    applicability: "Images with an SMMU that the hypervisor programs.",
    example: "bulkhead verify build/dma   # the tables of a domain's DMA show a page of another domain")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var findings = CappedFindings(description)
    var leaves = 0
    for domain in system.domains {
      guard let dma = domain.dma else { continue }
      leaves += dma.leaves.count
      var expected = AddressMap<UInt64>()
      for run in domain.stage2.runs where run.attributes == Stage2Bits.memory {
        _ = expected.insert(run.input, run.output.base &- run.input.base)
      }
      var found = AddressMap<UInt64>()
      for run in dma.runs {
        if run.attributes != Stage2Bits.memory | Stage2Bits.neverExecutable {
          findings.add(
            wrong(domain.name, "\(run.input) is \(Stage2Bits.words(run.attributes))", at: run.place))
        }
        _ = found.insert(run.input, run.output.base &- run.input.base)
      }
      for difference in expected.differences(from: found) {
        let words =
          difference.found == nil
          ? "\(difference.range), RAM of the domain, is not mapped"
          : difference.expected == nil
            ? "\(difference.range) is mapped, and is no RAM of the domain"
            : "\(difference.range) leads elsewhere than for the domain's CPUs"
        findings.add(wrong(domain.name, words, at: difference.range.base))
      }
    }
    return ClaimOutcome(description, examined: leaves, "leaf descriptors of DMA", findings: findings.all)
  }

  private static func wrong(_ domain: String, _ words: String, at place: UInt64) -> Finding {
    Finding(
      description, .error, "in the tables of domain \(domain)'s DMA \(words)", subjects: ["domains.\(domain)"],
      resource: ResourceReference(.memory, place.hexadecimal), domains: [domain], help: VerifierRules.rebuild)
  }
}
