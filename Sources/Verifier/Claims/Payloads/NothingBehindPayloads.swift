import Diagnostics
import Ownership

/// What lies behind the bytes of a payload is zero.
enum NothingBehindPayloads: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-047", title: "memory behind a payload is zero",
    requirement:
      "The part of a domain's piece that no file fills (a kernel's BSS, the rest of a tree's place) shall be zero "
      + "in the image, or not be filled by it at all.",
    hazard: "A kernel starts with variables that hold something else than it was compiled to find.",
    applicability:
      "Every image that is verified. Not the hypervisor's piece, whose stacks may hold anything. That memory "
      + "which an image does not fill is zero is the boot loader's to see to.",
    example: "bulkhead verify build/cockpit   # image.elf has bytes behind a kernel's last one")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var findings = CappedFindings(description)
    var examined = 0
    for piece in system.pieces where piece.owner != "hypervisor" && piece.size < piece.memory.size {
      guard let rest = AddressRange(base: piece.memory.base + piece.size, last: piece.memory.last) else { continue }
      examined += 1
      guard let address = system.memory.firstNonzero(in: rest) else { continue }
      let domain = context.groundwork.domain(piece.owner)
      findings.add(
        Finding(
          description, .error,
          "\(piece.words) ends at \((piece.memory.base + piece.size).hexadecimal), and the image has a byte that is not zero "
            + "at \(address.hexadecimal), in memory that goes with it", subjects: ["domains.\(piece.owner)"],
          resource: ResourceReference(.payload, address.hexadecimal), domains: [piece.owner],
          spans: [domain?.declaration.kernel?.span ?? domain?.span], help: VerifierRules.rebuild))
    }
    return ClaimOutcome(description, examined: examined, "runs of memory behind payloads", findings: findings.all)
  }
}
