import Diagnostics
import Foundation
import Ownership

/// What is loaded for a domain is, byte for byte, what the manifest names.
enum PayloadsAreTheInput: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-046", title: "every payload is the input file",
    requirement:
      "Kernel, initrd, files and trees of its author's shall be in memory byte for byte: an arm64 Image whole, at "
      + "its text_offset from a multiple of 2 MiB and with room for its image_size; an ELF file by its program headers, at "
      + "its physical addresses; anything else whole, at the address that the manifest gives; and the domain shall start "
      + "where that kernel starts.",
    hazard: "A domain runs something else than was tested and approved.",
    applicability:
      "Every image that is verified together with its input files; without them the claim is an assumption.",
    example: "kernel: build/cluster.bin      # was built again after the image")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    let payloads = context.groundwork.payloads
    guard !payloads.isEmpty else {
      // As many as there is something assumed about: a claim about nothing would read `empty`.
      let count = system.pieces.count { $0.owner != "hypervisor" && $0.role != "device-tree" }
      return ClaimOutcome(
        description, examined: count, "files", findings: [],
        assumptions: ["the payloads in the image are the files that the manifest names; these were not compared"])
    }
    var findings = CappedFindings(description)
    for domain in system.domains {
      for role in ["kernel", "initrd", "file", "device-tree"] {
        let files = payloads.files(domain.name, role: role)
        let loaded = system.payloads(of: domain).filter { $0.role == role }
        // A tree that is generated has no file; what it has to be is claimed of the trees.
        if files.isEmpty, role == "device-tree" { continue }
        let comparison = PayloadComparison(domain: domain, files: files, payloads: loaded, memory: system.memory)
        for message in comparison.objections { findings.add(finding(message, domain.name, context)) }
      }
    }
    return ClaimOutcome(description, examined: payloads.all.count, "files", findings: findings.all)
  }

  private static func finding(_ message: String, _ name: String, _ context: VerificationContext) -> Finding {
    let domain = context.groundwork.domain(name)
    return Finding(
      description, .error, message, subjects: ["domains.\(name)"], resource: ResourceReference(.payload),
      domains: [name], spans: [domain?.declaration.kernel?.span ?? domain?.span],
      help: "build it again from the files that the manifest names now")
  }
}
