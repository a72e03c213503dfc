import Diagnostics
import Ownership

/// Everything that is loaded lies in memory of its owner.
enum PiecesInPlace: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-045", title: "everything that is loaded lies in its owner's memory",
    requirement:
      "Every piece of the load map shall lie in RAM that is its owner's alone by the translation tables (the "
      + "hypervisor's by the partition table, a pristine copy by the restart maps), and off reserved memory, memory that the boot loader works in and every other "
      + "piece; every byte of the image shall belong to a piece; and a domain's first instruction shall lie in its kernel, "
      + "the tree that it is handed at the start of its `device-tree` piece.",
    hazard: "Loading one domain overwrites another, the hypervisor or firmware; or a domain starts somewhere else.",
    applicability: "Every image that is verified.",
    example: "\"address\": \"0x43000000\"      # in a domain's RAM, and the piece is another's")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var findings = CappedFindings(description)
    let pieces = system.pieces.sorted { ($0.memory, $0.role) < ($1.memory, $1.role) }
    for (piece, next) in zip(pieces, pieces.dropFirst()) where next.memory.base <= piece.memory.last {
      findings.add(finding("\(piece.words) at \(piece.memory) meets \(next.words) at \(next.memory)", next, context))
    }
    for piece in pieces {
      if let message = objection(to: piece, system, context) { findings.add(finding(message, piece, context)) }
    }
    let union = AddressSet(pieces.map(\.memory))
    for segment in system.memory.segments where !union.contains(segment.memory) {
      let message = "\(segment.name) puts bytes at \(segment.memory), and no piece of the load map has all of that"
      findings.add(finding(message, nil, context))
    }
    for domain in system.domains { checkStart(of: domain, pieces, system, context, &findings) }
    return ClaimOutcome(description, examined: pieces.count, "pieces", findings: findings.all)
  }

  private static func objection(
    to piece: LoadedPiece, _ system: FinishedSystem, _ context: VerificationContext
  ) -> String? {
    let place = "\(piece.words) at \(piece.memory)"
    if piece.size > piece.memory.size { return "\(place) has \(piece.size) bytes, more than its memory" }
    if !context.groundwork.memory.contains(piece.memory) { return "\(place) is not all in RAM" }
    if let range = context.board.description.loaderRanges.first(where: { $0.overlaps(piece.memory) }) {
      return "\(place) meets \(range), in which the boot loader works until the hypervisor starts"
    }
    let domain = context.groundwork.domain(piece.owner)
    if let kept = context.groundwork.kept.entry(meeting: piece.memory, butOf: domain?.index) {
      return "\(place) meets \(kept.pages), which \(kept.name) keeps for firmware"
    }
    if piece.isPristine {
      return system.pristineMemory.contains(piece.memory)
        ? nil : "\(place) is not in memory that the restart maps show read-only and EL2's own map leaves out"
    }
    if piece.owner == "hypervisor" {
      return system.partition.hypervisor.contains(piece.memory)
        ? nil : "\(place) is not in the hypervisor's memory \(system.partition.hypervisor)"
    }
    guard let index = system.domains.firstIndex(where: { $0.name == piece.owner }) else {
      return "\(place) is of a domain that the image does not have"
    }
    guard let segment = system.reach.segment(at: piece.memory.base), segment.range.contains(piece.memory),
      segment.holders.allSatisfy({ $0.domain == index && $0.grant == .memory })
    else { return "\(place) is not all in RAM that is that domain's alone by its stage 2" }
    return nil
  }

  private static func checkStart(
    of domain: FinishedDomain, _ pieces: [LoadedPiece], _ system: FinishedSystem, _ context: VerificationContext,
    _ findings: inout CappedFindings
  ) {
    let entry = domain.stage2.run(at: domain.record.entry)?.output(of: domain.record.entry)
    let kernels = pieces.filter { $0.owner == domain.name && $0.role == "kernel" }
    let isInKernel = kernels.contains { kernel in
      entry.map { kernel.memory.contains($0) && $0 - kernel.memory.base < kernel.size } ?? false
    }
    if !isInKernel {
      let message =
        "domain \(domain.name) starts at the guest address \(domain.record.entry.hexadecimal), where no byte of its kernel is"
      findings.add(finding(message, kernels.first, context))
    }
    let trees = system.payloads(of: domain).filter { $0.role == "device-tree" }
    if trees.count != 1 || trees.first?.guest?.base != domain.record.treeAddress {
      let message =
        "domain \(domain.name) is handed a tree at the guest address \(domain.record.treeAddress.hexadecimal), and the load "
        + "map has \(trees.isEmpty ? "none" : "one at \(trees[0].place)\(trees.count > 1 ? " and others" : "")")"
      findings.add(finding(message, trees.first?.pieces.first, context))
    }
  }

  private static func finding(_ message: String, _ piece: LoadedPiece?, _ context: VerificationContext) -> Finding {
    let domain = piece.flatMap { context.groundwork.domain($0.owner) }
    return Finding(
      description, .error, message, subjects: [domain.map { "domains.\($0.name)" } ?? "hypervisor"],
      resource: ResourceReference(.payload, piece?.memory.base.hexadecimal), domains: domain.map { [$0.name] } ?? [],
      spans: [domain?.declaration.kernel?.span ?? domain?.span], help: VerifierRules.rebuild)
  }
}

extension LoadedPiece {
  /// What a message calls the piece.
  var words: String {
    if isPristine { return "the pristine copy" + (file.map { " of \($0)" } ?? "") }
    return owner == "hypervisor" ? "the hypervisor" : "the \(role) of domain \(owner)" + (file.map { " (\($0))" } ?? "")
  }
}
