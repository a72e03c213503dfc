import Ownership

/// What is loaded for a domain in one run of its guest addresses, in however many pieces of physical memory.
struct GuestPayload: Sendable {
  /// `kernel`, `initrd`, `file`, `device-tree`.
  let role: String
  /// The domain's name.
  let owner: String
  /// The file; `nil` where the memory only has to be zero.
  let file: String?
  /// Guest addresses; `nil` for a piece that no run of the domain's stage 2 leads to as a whole.
  private(set) var guest: AddressRange?
  /// The pieces, by guest address.
  private(set) var pieces: [LoadedPiece]

  /// The memory of the pieces, in their order.
  var runs: [AddressRange] { pieces.map(\.memory) }
  /// How many bytes come from the file.
  var size: UInt64 { pieces.reduce(0) { $0 &+ $1.size } }
  /// How much memory they take.
  var memorySize: UInt64 { pieces.reduce(0) { $0 &+ $1.memory.size } }
  /// What messages call it.
  var words: String { "the \(role) of domain \(owner)" + (file.map { " (\($0))" } ?? "") }
  /// Where it is, for messages.
  var place: String {
    guard let first = pieces.first?.memory else { return "nowhere" }
    return pieces.count == 1 ? "\(first)" : "\(pieces.count) runs from \(first.base.hexadecimal) on"
  }

  private init(_ piece: LoadedPiece, guest: AddressRange?) {
    role = piece.role
    owner = piece.owner
    file = piece.file
    self.guest = guest
    pieces = [piece]
  }

  /// What is loaded for one domain, by guest address; pieces that the domain does not reach come last, each for itself.
  ///
  /// - Parameters:
  ///   - pieces: what the load map says of the domain.
  ///   - domain: its index.
  static func all(
    _ pieces: [LoadedPiece], of domain: Int, _ stage2: TranslationReading, _ reach: Reach
  ) -> [GuestPayload] {
    var payloads: [GuestPayload] = []
    var lost: [GuestPayload] = []
    let placed = pieces.map { ($0, guest: guestAddresses(of: $0.memory, domain, stage2, reach)) }
    let ordered = placed.sorted {
      ($0.guest?.base ?? .max, $0.0.memory.base) < ($1.guest?.base ?? .max, $1.0.memory.base)
    }
    for (piece, guest) in ordered {
      guard let guest else {
        lost.append(GuestPayload(piece, guest: nil))
        continue
      }
      if payloads.last?.isContinued(by: piece, at: guest) == true {
        payloads[payloads.count - 1].add(piece, at: guest)
      } else {
        payloads.append(GuestPayload(piece, guest: guest))
      }
    }
    return payloads + lost
  }

  private static func guestAddresses(
    of memory: AddressRange, _ domain: Int, _ stage2: TranslationReading, _ reach: Reach
  ) -> AddressRange? {
    guard let holder = reach.segment(at: memory.base)?.holders.first(where: { $0.domain == domain }) else { return nil }
    let run = stage2.runs[holder.run]
    return run.output.contains(memory) ? memory.moved(from: run.output.base, to: run.input.base) : nil
  }

  /// Whether a piece goes on where this ends: at the next guest address but elsewhere in memory, where the next bytes of
  /// the same file stand, or the zeros behind its last byte.
  private func isContinued(by piece: LoadedPiece, at guest: AddressRange) -> Bool {
    guard let last = pieces.last, self.guest?.end == guest.base, last.memory.end != piece.memory.base,
      piece.role == role, piece.file == file
    else { return false }
    return piece.offset == last.offset &+ last.size && (piece.size == 0 || last.size == last.memory.size)
  }

  private mutating func add(_ piece: LoadedPiece, at guest: AddressRange) {
    pieces.append(piece)
    self.guest = self.guest?.merged(with: guest)
  }
}
