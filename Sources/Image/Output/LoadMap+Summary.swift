extension LoadMap {
  /// What goes where, one line for each file or run of zeros, by the address of its first byte.
  public var summary: [String] {
    var lines: [(first: Piece, bytes: UInt64, runs: Int)] = []
    var known: [String: Int] = [:]
    for piece in pieces {
      let name = piece.file.map { "\(piece.role) \($0)" }
      if let name, let index = known[name] {
        lines[index].bytes += piece.memorySize
        lines[index].runs += 1
      } else {
        if let name { known[name] = lines.count }
        lines.append((piece, piece.memorySize, 1))
      }
    }
    return lines.map { first, bytes, runs in
      "\(first.address)  \(first.owner)  \(first.role)  \(bytes) bytes" + (runs == 1 ? "" : " in \(runs) runs")
    }
  }
}
