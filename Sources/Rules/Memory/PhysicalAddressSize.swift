import Diagnostics
import Ownership

/// Nothing lies where the CPUs cannot reach.
enum PhysicalAddressSize: Rule {
  static let description = RuleDescription(
    "BH-MEM-018", title: "addresses fit the CPUs",
    requirement: "Memory and registers of domains shall lie below 2 to the power of the board's physical address bits "
      + "(Arm DDI 0487, ID_AA64MMFR0_EL1.PARange; 48 where board.yaml states none).",
    hazard: "A table entry with more address bits than the CPU has is an address size fault, or an access elsewhere.",
    example: "memory-banks: [ { base: 0x20000000000, size: 1 GiB } ]      # on a Cortex-A53, which has 40 bits")

  static func check(_ context: RuleContext) -> [Finding] {
    let bits = context.draft.board.description.physicalAddressBits
    guard bits < 64, bits >= 0, let reachable = AddressRange(base: 0, last: (1 << UInt64(bits)) - 1) else { return [] }
    var seen: Set<String> = []
    return context.claims.compactMap { claim in
      guard !reachable.contains(claim.pages) else { return nil }
      switch claim.claimant {
      case .region, .granted, .channel, .hypervisor, .device: break
      case .hypervisorDevice, .unassigned, .reserved, .kept: return nil
      }
      let subject = context.subject(claim.claimant)
      guard seen.insert(subject).inserted else { return nil }
      return Finding(
        description, .error,
        "\(subject) reaches to \(claim.pages.last.hexadecimal), and the CPUs of \(context.draft.board.name) have \(bits) "
          + "physical address bits, which end at \(reachable.last.hexadecimal)",
        subjects: [subject, context.draft.board.name],
        resource: ResourceReference(.memory, claim.pages.base.hexadecimal),
        domains: context.domains(claim.claimant), spans: [context.span(claim.claimant)],
        help: "choose lower addresses, or correct `memory-banks:` or the device tree")
    }
  }
}
