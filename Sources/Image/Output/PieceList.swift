import Board
import Diagnostics
import Ownership
import Partition

/// Everything that has to be in memory before the start.
struct PieceList: Sendable {
  /// The pieces in address order.
  let pieces: [Piece]

  /// Collects the hypervisor, the domains' payloads and their generated trees: one for each domain, in order, empty
  /// where the domain has a tree of its author's.
  init(plan: Plan, hypervisor: HypervisorImage, trees: [[UInt8]]) throws(ImageError) {
    var pieces = [try Self.hypervisor(plan, hypervisor)]
    for (domain, tree) in zip(plan.domains, trees) {
      let payloads = try Self.payloads(of: domain, tree)
      pieces += payloads
      for copy in domain.restart?.copies ?? [] { pieces.append(Self.pristine(copy, of: payloads[copy.payload])) }
    }
    self.pieces = pieces.sorted { ($0.memory.base, $0.file) < ($1.memory.base, $1.file) }
    try checkPlaces(plan.board)
  }

  private static func hypervisor(_ plan: Plan, _ image: HypervisorImage) throws(ImageError) -> Piece {
    guard let memory = AddressRange(base: image.layout.base, size: image.layout.size) else {
      throw misplaced("the hypervisor", "would run past the end of the address space", nil)
    }
    return Piece(
      role: "hypervisor", owner: "hypervisor", file: "hypervisor.img", contents: FileContents([.bytes(image.bytes)]),
      memory: memory, span: plan.manifest.hypervisor.memory?.span)
  }

  private static func payloads(of domain: DomainPlan, _ tree: [UInt8]) throws(ImageError) -> [Piece] {
    var pieces: [Piece] = []
    for payload in domain.payloads {
      let number = pieces.count { $0.role == payload.role.rawValue }
      let suffix = number == 0 ? "" : "-\(number)"
      let contents: FileContents
      let name: String
      if let file = payload.file {
        try check(payload, domain)
        contents = FileContents([.file(path: file, offset: payload.offset, count: payload.fileSize)])
        name =
          payload.role == .deviceTree
          ? treeName(domain) : "payloads/\(domain.name)-\(payload.role.rawValue)\(suffix).bin"
      } else {
        try check(tree, fits: payload.physical, domain)
        contents = FileContents([.bytes(tree)])
        name = treeName(domain)
      }
      pieces.append(
        Piece(
          role: payload.role.rawValue, owner: domain.name, file: name, contents: contents, memory: payload.physical,
          span: domain.declaration.kernel?.span ?? domain.declaration.span))
    }
    return pieces
  }

  /// The same bytes once more, where EL2 keeps them for a restart.
  private static func pristine(_ copy: PristineCopy, of payload: Piece) -> Piece {
    Piece(
      role: Piece.pristineRole, owner: "hypervisor", file: payload.file, contents: payload.contents,
      memory: copy.memory, span: payload.span)
  }

  private static func treeName(_ domain: DomainPlan) -> String { "domains/\(domain.name).dtb" }

  private static func check(_ payload: PlacedPayload, _ domain: DomainPlan) throws(ImageError) {
    guard payload.fileSize > 0, payload.fileSize - 1 > payload.physical.last - payload.physical.base else { return }
    throw misplaced(
      "the \(payload.role.rawValue) of domain \(domain.name)",
      "has \(payload.fileSize) bytes, and its place at \(payload.physical) is smaller",
      domain.declaration.span)
  }

  private static func check(_ tree: [UInt8], fits slot: AddressRange, _ domain: DomainPlan) throws(ImageError) {
    guard !tree.isEmpty, UInt64(tree.count - 1) > slot.last - slot.base else { return }
    throw ImageError(
      Finding(
        ImageRules.treeSlot, .error,
        "the device tree of domain \(domain.name) has \(tree.count) bytes, and its place at \(slot) "
          + "holds \(slot.size)",
        subjects: ["domains.\(domain.name)"], domains: [domain.name], spans: [domain.declaration.span],
        help: "shorten what set: and cmdline: put into the tree"))
  }

  /// No piece may meet another, or memory that the boot loader works in until the domains start.
  private func checkPlaces(_ board: Board) throws(ImageError) {
    for (piece, next) in zip(pieces, pieces.dropFirst()) where next.memory.base <= piece.memory.last {
      throw Self.misplaced(
        piece.words, "at \(piece.memory) meets \(next.words) at \(next.memory)",
        next.span ?? piece.span)
    }
    for piece in pieces {
      for range in board.description.loaderRanges
      where piece.memory.base <= range.last && range.base <= piece.memory.last {
        throw Self.misplaced(
          piece.words,
          "at \(piece.memory) meets memory at \(range) that the boot loader of "
            + "board \(board.name) works in", piece.span)
      }
    }
  }

  private static func misplaced(_ who: String, _ what: String, _ span: SourceSpan?) -> ImageError {
    ImageError(
      Finding(
        ImageRules.placement, .error, "\(who) \(what)", spans: [span],
        help: "leave out base: so that the compiler chooses a place, or choose another one"))
  }
}
