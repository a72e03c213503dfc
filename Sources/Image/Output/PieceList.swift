import Board
import Diagnostics
import Ownership
import Partition

/// Everything that has to be in memory before the start.
struct PieceList: Sendable {
  /// More runs than this are more segments than an ELF file counts, with room for the hypervisor's own (System V ABI, “ELF
  /// Header”, e_phnum).
  static let mostPieces = 60_000
  /// U-Boot signs and checks 100 nodes at most (IMAGE_MAX_HASHED_NODES), two for each image.
  static let mostSigned = 40

  /// The pieces in address order.
  let pieces: [Piece]
  /// The files that the pieces take their bytes from.
  let files: [ImageFile]

  /// Collects the hypervisor, the domains' payloads and their generated trees: one for each domain, in order, empty
  /// where the domain has a tree of its author's.
  init(plan: Plan, hypervisor: HypervisorImage, trees: [[UInt8]]) throws(ImageError) {
    let own = try Self.hypervisor(plan, hypervisor)
    var pieces = [own]
    var files = [ImageFile(name: own.file, contents: own.contents)]
    for (domain, tree) in zip(plan.domains, trees) {
      let payloads = try Self.payloads(of: domain, tree)
      for (file, payload) in payloads {
        if file.contents.count > 0 { files.append(file) }
        pieces += Self.pieces(of: payload, in: domain, file)
      }
      for copy in domain.restart?.copies ?? [] {
        // A domain that restarts has no colours, so that its payloads are a piece each.
        let (file, payload) = payloads[copy.payload]
        pieces += Self.pieces(of: payload, in: domain, file).prefix(1).map { Self.pristine(copy, of: $0) }
      }
    }
    self.files = files
    self.pieces = pieces.sorted { ($0.memory.base, $0.file) < ($1.memory.base, $1.file) }
    if pieces.count > Self.mostPieces { throw Self.tooMany(pieces.count, Self.mostPieces, plan) }
    try checkPlaces(plan.board)
  }

  private static func hypervisor(_ plan: Plan, _ image: HypervisorImage) throws(ImageError) -> Piece {
    let size = image.placement.extent(of: image.layout.size)
    guard let memory = AddressRange(base: image.layout.base, size: size) else {
      throw misplaced("the hypervisor", "would run past the end of the address space", nil)
    }
    return Piece(
      role: "hypervisor", owner: "hypervisor", file: "hypervisor.img", offset: 0, isScattered: false,
      contents: FileContents([.bytes(image.placement.scatter(image.bytes))]), memory: memory,
      span: plan.manifest.hypervisor.memory?.span)
  }

  private static func payloads(
    of domain: DomainPlan, _ tree: [UInt8]
  ) throws(ImageError) -> [(ImageFile, PlacedPayload)] {
    var files: [(ImageFile, PlacedPayload)] = []
    for payload in domain.payloads {
      let number = files.count { $0.1.role == payload.role }
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
        try check(tree, fits: payload.guest, domain)
        contents = FileContents([.bytes(tree)])
        name = treeName(domain)
      }
      files.append((ImageFile(name: name, contents: contents), payload))
    }
    return files
  }

  /// One piece for each run of a payload's memory.
  private static func pieces(of payload: PlacedPayload, in domain: DomainPlan, _ file: ImageFile) -> [Piece] {
    var done: UInt64 = 0
    return payload.runs.map { run in
      let contents = file.contents.slice(from: done, count: run.size)
      defer { done += run.size }
      return Piece(
        role: payload.role.rawValue, owner: domain.name, file: file.name,
        offset: contents.count > 0 ? done : file.contents.count,
        isScattered: payload.runs.count > 1, contents: contents, memory: run,
        span: domain.declaration.kernel?.span ?? domain.declaration.span)
    }
  }

  /// Refuses what cannot be counted; `limit` is how many there may be.
  static func tooMany(_ count: Int, _ limit: Int, _ plan: Plan) -> ImageError {
    ImageError(
      Finding(
        ImageRules.pieceCount, .error,
        "the payloads of the coloured domains lie in \(count) runs of pages, and \(limit) can be listed",
        resource: ResourceReference(.colour),
        spans: [plan.manifest.domains.lazy.compactMap { $0.colours.first?.span }.first],
        help: limit == mostPieces
          ? "give the domains neighbouring colours, whose pages come in longer runs, or smaller payloads"
          : "leave out --sign, or `colours:`"))
  }

  /// The same bytes once more, where EL2 keeps them for a restart.
  private static func pristine(_ copy: PristineCopy, of payload: Piece) -> Piece {
    Piece(
      role: Piece.pristineRole, owner: "hypervisor", file: payload.file, offset: 0, isScattered: false,
      contents: payload.contents,
      memory: copy.memory, span: payload.span)
  }

  private static func treeName(_ domain: DomainPlan) -> String { "domains/\(domain.name).dtb" }

  private static func check(_ payload: PlacedPayload, _ domain: DomainPlan) throws(ImageError) {
    guard payload.fileSize > 0, payload.fileSize - 1 > payload.guest.last - payload.guest.base else { return }
    throw misplaced(
      "the \(payload.role.rawValue) of domain \(domain.name)",
      "has \(payload.fileSize) bytes, and its place at \(payload.guest) is smaller",
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
