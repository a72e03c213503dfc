import DeviceTree
import Diagnostics
import Ownership

/// BH-VER-050: every domain gets a whole tree, without a byte in it that means nothing.
enum TreeFormClaim: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-050", title: "device trees are whole",
    requirement:
      "Each domain shall get, at the address in its x0, a flattened device tree of version 17 that is where the load"
      + " map says, in the domain's memory, with its blocks in order and without gaps, reservations, padding that is "
      + "not zero, or names and bytes that no node needs.",
    hazard:
      "A guest and Bulkhead may read different trees out of the same bytes, or nobody knows what some of them are for.",
    applicability: "Every image; what is inside of a tree that the manifest's author wrote is the author's.",
    example: "bulkhead verify build/cockpit   # one byte of domains/cluster.dtb was changed")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var findings = CappedFindings(description)
    for domain in system.domains {
      let declaration = context.manifest.domains.first { $0.name.value == domain.name }
      for words in faults(domain, system, isGenerated: declaration?.deviceTree == nil) {
        findings.add(
          Finding(
            description, .error, "the device tree of domain \(domain.name): \(words)",
            subjects: ["domains.\(domain.name)"], resource: ResourceReference(.malformed, "device-tree"),
            domains: [domain.name], spans: [declaration?.span], help: VerifierRules.rebuild))
      }
      if declaration == nil {
        findings.add(
          Finding(
            description, .error, "the manifest has no domain \(domain.name), whose tree could be looked at",
            subjects: ["domains.\(domain.name)"], resource: ResourceReference(.domain, domain.name),
            help: VerifierRules.rebuild))
      }
    }
    return ClaimOutcome(description, examined: system.domains.count, "device trees", findings: findings.all)
  }

  private static func faults(_ domain: FinishedDomain, _ system: FinishedSystem, isGenerated: Bool) -> [String] {
    guard let tree = domain.tree, let start = domain.treeParts.first?.base else {
      return [domain.treeFault.map { "it \($0)" } ?? "there is none at \(domain.record.treeAddress.hexadecimal)"]
    }
    var faults = isGenerated ? BlobForm(tree.blob).faults : []
    faults += tree.faults.map { "\($0.property) of \($0.path) \($0.message)" }
    // Linux, Documentation/arch/arm64/booting.rst, “Setup the device tree”.
    let place = domain.record.treeAddress
    if !start.isMultiple(of: 8) || !place.isMultiple(of: 8) {
      faults.append("it starts at \(start.hexadecimal), which is no multiple of 8")
    }
    let size = domain.treeSize
    if size > 2 << 20 { faults.append("it has \(size) bytes, more than the 2 MiB that Linux maps") }
    let guest = AddressRange(base: place, size: size)
    if guest.flatMap({ GuestMap(domain.stage2).runs($0, kind: .memory) }) != domain.treeParts {
      faults.append("it is not all in the domain's memory at \(place.hexadecimal)")
    }
    let payloads = system.payloads(of: domain).filter { $0.role == "device-tree" }
    guard let payload = payloads.first, payloads.count == 1, payload.guest?.base == place else {
      return faults + ["the load map has no piece of that role at \(start.hexadecimal)"]
    }
    if isGenerated, payload.size != size {
      faults.append("its header says \(size) bytes and the load map \(payload.size)")
    }
    if isGenerated, !isZero(behind: size, in: payload, system.memory) {
      faults.append("something stands behind its end, in the memory that is kept for it")
    }
    return faults
  }

  /// Whether what is kept for a tree holds nothing but the tree.
  private static func isZero(behind size: UInt64, in slot: GuestPayload, _ memory: MemoryImage) -> Bool {
    var before = size
    return slot.runs.allSatisfy { run in
      let used = min(before, run.size)
      before -= used
      return AddressRange(base: run.base &+ used, size: run.size - used).map { memory.firstNonzero(in: $0) == nil }
        ?? true
    }
  }
}
