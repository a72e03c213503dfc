import Diagnostics
import Ownership

/// A restart puts into a domain's memory what the boot loader put there.
enum PristineCopies: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-110", title: "a restart gives a domain what it started with",
    requirement:
      "The copies of a domain that restarts shall be one for each piece of that domain that has bytes, to just its "
      + "place; and their pristine bytes shall be in memory as the piece's own are, with the same zeros behind them, from a "
      + "page on and apart from one another.",
    hazard: "After a restart a domain runs something else than was approved, or what its last run left.",
    applicability: "Domains with `on-fault: restart`.",
    example: "bulkhead verify build/cockpit   # a byte of a pristine kernel was changed")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var findings = CappedFindings(description)
    var examined = 0
    for domain in system.domains {
      guard let restart = domain.record.restart else { continue }
      examined += restart.copies.count
      for message in objections(to: restart, of: domain, system) { findings.add(finding(message, domain, context)) }
    }
    checkApart(system, context, &findings)
    return ClaimOutcome(description, examined: examined, "copies", findings: findings.all)
  }

  private static func objections(
    to restart: RestartReading, of domain: FinishedDomain, _ system: FinishedSystem
  ) -> [String] {
    var open = restart.copies
    var objections: [String] = []
    for piece in system.pieces where piece.owner == domain.name && piece.size > 0 {
      guard let index = open.firstIndex(where: { $0.destination.base == piece.memory.base }) else {
        objections.append("\(piece.words) at \(piece.memory) is not copied by a restart")
        continue
      }
      let copy = open.remove(at: index)
      // A generated tree is copied with the zeros of its place; what else is behind a piece, a restart clears.
      let size = piece.role == "device-tree" ? piece.memory.size : piece.size
      if copy.destination.size != piece.size && copy.destination.size != size {
        objections.append("a restart copies \(copy.destination.size) bytes of \(piece.words), which has \(piece.size)")
      }
      if let address = difference(copy, system.memory, count: piece.size) {
        objections.append(
          "the pristine bytes of \(piece.words) at \(copy.source) differ from it at \(address.hexadecimal)")
      }
      let holders = system.pieces.filter { $0.isPristine && $0.memory.contains(copy.source) }
      if holders.count != 1 || holders[0].file != piece.file || holders[0].size != piece.size {
        objections.append("\(copy.source) is no pristine copy of \(piece.words) by the load map")
      }
    }
    for (copy, next) in zip(restart.copies, restart.copies.dropFirst()) where copy.source.base >= next.source.base {
      objections.append("its copies are not in the order of their pristine bytes, \(copy.source) before \(next.source)")
    }
    return objections + open.map { "a restart copies \($0.source) to \($0.destination), where no piece of it is" }
  }

  /// Where the pristine bytes are not the piece's; `nil` if they are, and what is copied behind them is zero.
  private static func difference(_ copy: RestartReading.Copy, _ memory: MemoryImage, count: UInt64) -> UInt64? {
    guard let own = AddressRange(base: copy.destination.base, size: min(count, copy.destination.size)),
      let segment = memory.segment(at: own.base), segment.memory.contains(own),
      let offset = Int(exactly: own.base - segment.memory.base), let size = Int(exactly: own.size)
    else { return copy.source.base }
    let bytes = segment.bytes.dropFirst(offset).prefix(size)
    if let place = memory.firstDifference(from: bytes, at: copy.source.base) { return copy.source.base + place }
    guard copy.source.size > count, let rest = AddressRange(base: copy.source.base + count, last: copy.source.last)
    else { return nil }
    return memory.firstNonzero(in: rest)
  }

  /// No pristine byte is that of two copies.
  private static func checkApart(
    _ system: FinishedSystem, _ context: VerificationContext, _ findings: inout CappedFindings
  ) {
    let copies = system.domains.flatMap { domain in
      (domain.record.restart?.copies ?? []).map { (domain: domain, range: $0.source.pages) }
    }.sorted { $0.range < $1.range }
    for (copy, next) in zip(copies, copies.dropFirst()) where copy.range.last >= next.range.base {
      findings.add(
        finding("its pristine copy at \(next.range) meets another one at \(copy.range)", next.domain, context))
    }
    let pristine = system.pieces.count(where: \.isPristine)
    if pristine != copies.count, let domain = copies.first?.domain ?? system.domains.first {
      findings.add(
        finding("the load map has \(pristine) pristine copies, and restarts use \(copies.count)", domain, context))
    }
  }

  private static func finding(_ message: String, _ domain: FinishedDomain, _ context: VerificationContext) -> Finding {
    let expected = context.groundwork.domain(domain.name)
    return Finding(
      description, .error, "domain \(domain.name): \(message)", subjects: ["domains.\(domain.name)", "hypervisor"],
      resource: ResourceReference(.payload), domains: [domain.name],
      spans: [expected?.declaration.onFault.span ?? expected?.span], help: VerifierRules.rebuild)
  }
}
