import Diagnostics
import Ownership

/// Every byte of the hypervisor's memory is explained exactly once, or zero between two parts.
enum ExplainedMemory: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-019", title: "every page of the hypervisor's memory is explained once",
    requirement:
      "What is loaded to the hypervisor's memory shall be the runtime, the partition table, roots and tables that a "
      + "walk reaches, states, stacks and the pages below stacks, each apart from the others; between them shall be zeros, and "
      + "no whole page but before a root; and image_size shall end with the last of them.",
    hazard: "Bytes that nothing explains are tables that no claim looked at, or data that some mistake makes use of.",
    applicability: "Every image that is verified.",
    example: "bulkhead verify build/cockpit   # a table lost the entry that led to it")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var findings = CappedFindings(description)
    let parts = HypervisorParts(system).parts
    checkBounds(system, parts, &findings)
    checkOrder(parts, system.memory, &findings)
    for part in parts { check(part, system, &findings) }
    let size = parts.map(\.range.size).reduce(0) { $0 &+ $1 }
    return ClaimOutcome(description, examined: Int(clamping: size), "bytes", findings: findings.all)
  }

  /// The hypervisor's memory starts with its text; `image_size` reaches to the last part; nothing that is loaded hangs over.
  private static func checkBounds(
    _ system: FinishedSystem, _ parts: [HypervisorPart], _ findings: inout CappedFindings
  ) {
    let memory = system.partition.hypervisor
    let text = system.hypervisor.text
    if text.base != memory.base {
      findings.add(
        wrong("the hypervisor's memory is \(memory), and its text starts at \(text.base.hexadecimal)", memory))
    }
    let last = parts.map(\.range.last).max() ?? text.last
    if system.hypervisor.memory.last != last {
      findings.add(
        wrong(
          "by image_size the hypervisor takes \(system.hypervisor.memory), and its last part ends at "
            + "\(last.hexadecimal)", memory))
    }
    for segment in system.memory.segments(overlapping: memory) where !memory.contains(segment.memory) {
      findings.add(
        wrong(
          "\(segment.name) is loaded to \(segment.memory), over an end of the hypervisor's memory \(memory)", memory))
    }
    if last < memory.last, let rest = AddressRange(base: last + 1, last: memory.last),
      let segment = system.memory.segments(overlapping: rest).first
    {
      findings.add(
        wrong("\(segment.name) reaches into \(rest), behind the last part of the hypervisor's memory", rest))
    }
  }

  /// Parts do not overlap, and what is between them is zero and less than a page, or room before a root.
  private static func checkOrder(
    _ parts: [HypervisorPart], _ image: MemoryImage, _ findings: inout CappedFindings
  ) {
    guard var previous = parts.first else { return }
    for part in parts.dropFirst() {
      if part.range.base <= previous.range.last {
        findings.add(
          wrong("\(part.name) at \(part.range) overlaps \(previous.name) at \(previous.range)", part.range))
      } else if let gap = AddressRange(base: previous.range.last + 1, last: part.range.base - 1) {
        let isUnexplained = gap.roundedInward(to: Granule.page) != nil && part.kind != .root
        if isUnexplained {
          findings.add(
            wrong(
              "\(gap), between \(previous.name) and \(part.name), is no part of the hypervisor: no table leads there",
              gap))
        } else if let place = image.firstNonzero(in: gap) {
          findings.add(
            wrong(
              "the byte at \(place.hexadecimal), between \(previous.name) and \(part.name), is not zero, and nothing "
                + "explains it", gap))
        }
      }
      if part.range.last > previous.range.last { previous = part }
    }
  }

  private static func check(_ part: HypervisorPart, _ system: FinishedSystem, _ findings: inout CappedFindings) {
    let memory = system.partition.hypervisor
    if !memory.contains(part.range) {
      findings.add(wrong("\(part.name) at \(part.range) is not in the hypervisor's memory \(memory)", part.range))
    }
    if part.isLoaded && !system.memory.isLoaded(part.range) {
      findings.add(wrong("nothing is loaded to all of \(part.name) at \(part.range)", part.range))
    }
    if part.isZero, let place = system.memory.firstNonzero(in: part.range) {
      findings.add(
        wrong(
          "\(part.name) at \(part.range) has to start as zeros, and is not zero at \(place.hexadecimal)", part.range))
    }
  }

  private static func wrong(_ message: String, _ range: AddressRange) -> Finding {
    Finding(
      description, .error, message, subjects: ["hypervisor"],
      resource: ResourceReference(.memory, range.base.hexadecimal), help: VerifierRules.rebuild)
  }
}
