/// A C structure of naturally aligned integers and arrays of them, without padding, as a header declares it.
struct CStructure {
  /// Where each member starts.
  var offsets: [String: UInt64] = [:]

  private static let sizes: [String: UInt64] = ["uint64_t": 8, "uint32_t": 4, "char": 1]

  /// Reads the structure; nil if the header does not declare it, or with anything else in it.
  init?(_ name: String, in text: String) {
    guard let start = text.range(of: "struct \(name) {\n"), let end = text[start.upperBound...].range(of: "\n};")
    else { return nil }
    var offset: UInt64 = 0
    for line in text[start.upperBound..<end.lowerBound].split(separator: "\n") {
      let words = line.split(separator: ";")[0].split(whereSeparator: { " []".contains($0) })
      guard words.count == 2 || words.count == 3, let size = Self.sizes[String(words[0])], offset % size == 0,
        let count = words.count == 3 ? UInt64(words[2]) : 1
      else { return nil }
      offsets[String(words[1])] = offset
      offset += size * count
    }
  }
}
