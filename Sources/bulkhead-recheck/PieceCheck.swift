/// Sees to it that what is loaded lies, as a whole, in memory that its owner has, and no piece over another. Pieces and
/// runs both come in address order, so that one walk along the two is enough.
struct PieceCheck {
  private var pieces: [(line: Line, owner: String, memory: ClosedRange<UInt64>)] = []
  /// The first piece that the runs so far do not cover, and the first address of it that they do not.
  private var index = 0
  private var next: UInt64 = 0

  /// Takes a piece, which lies behind the one before it.
  mutating func add(_ line: inout Line, _ outputs: [String: Certificate.Output]) throws {
    _ = try line.word()
    let (owner, file) = (try line.party(), try line.name())
    let (offset, size, memory) = (try line.decimal(), try line.decimal(), try line.range())
    let (end, overflow) = offset.addingReportingOverflow(size)
    guard !overflow, end <= (file.isEmpty ? 0 : outputs[file]?.size ?? 0), size > 0 || file.isEmpty else {
      throw line.refused("there is no output `\(file)` that has these bytes")
    }
    guard size == 0 || size - 1 <= memory.upperBound - memory.lowerBound else {
      throw line.refused("\(size) bytes are more than this memory holds")
    }
    if let last = pieces.last, memory.lowerBound <= last.memory.upperBound {
      throw line.refused("this piece starts before the one above it has ended")
    }
    if pieces.isEmpty { next = memory.lowerBound }
    pieces.append((line, owner, memory))
  }

  /// Takes a run of addresses and its owner.
  mutating func cover(_ range: ClosedRange<UInt64>, owner: String, isMemory: Bool, _ line: Line) throws {
    while index < pieces.count, next <= range.upperBound {
      let piece = pieces[index]
      guard next >= range.lowerBound else { return try finish() }
      guard piece.owner == owner, isMemory else {
        throw line.refused("here lies the piece of line \(piece.line.number), which is of \(piece.owner)")
      }
      guard piece.memory.upperBound <= range.upperBound else { return next = range.upperBound + 1 }
      index += 1
      next = index < pieces.count ? pieces[index].memory.lowerBound : 0
    }
  }

  /// Ends the walk: no piece may be left.
  func finish() throws {
    guard index < pieces.count else { return }
    throw pieces[index].line.refused("0x\(String(next, radix: 16)) of this piece lies in memory that nobody has")
  }
}
