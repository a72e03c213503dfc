import Crypto
import Foundation

/// A certificate, read once from its first line to its last; its grammar stands in the README. Whatever can be checked
/// without the image has been checked when there is one of these.
struct Certificate {
  /// A file of the folder.
  struct Output {
    let line: Line
    let size: UInt64
    let sha256: String
  }

  /// The kinds of lines in their order; the first two stand there exactly once.
  private static let ranks = [
    "name": 1, "board": 2, "input": 3, "output": 4, "container": 5, "piece": 6, "claim": 7, "assumption": 7,
    "memory": 8, "device": 8, "interrupt": 9, "cpu": 10, "stream": 11, "provider": 12, "call": 13, "colour": 14,
  ]

  /// The files, each once.
  private(set) var outputs: [String: Output] = [:]
  /// How many claims there are.
  private(set) var claims = 0
  private var claim = (id: "", word: "", assumptions: 0)
  private var pieces = PieceCheck()
  private var ownership = OwnershipCheck()

  /// Checks a certificate's text.
  init(_ text: String) throws {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.popLast() == "", let last = lines.popLast(), lines.first == "bulkhead-certificate 1" else {
      throw Refusal(message: "certificate.txt is no whole certificate of version 1")
    }
    let end = Line(last, number: lines.count + 1)
    guard last == "sha256 " + text.utf8.dropLast(last.utf8.count + 1).sha256 else {
      throw end.refused("this should be the SHA-256 of all lines above, and is not: somebody edited them")
    }
    var rank = 0
    var seen: Set<String> = []
    for (index, text) in lines.enumerated().dropFirst() {
      var line = Line(text, number: index + 1)
      let kind = try line.word()
      guard let next = Self.ranks[kind], next >= rank, next > 2 || next > rank else {
        throw line.refused("a line of the kind `\(kind)` cannot stand here")
      }
      rank = next
      seen.insert(kind)
      if kind != "assumption" { try endClaim(at: line) }
      try check(kind, &line)
      guard line.isAtEnd else { throw line.refused("there is more on this line than belongs there") }
    }
    try endClaim(at: end)
    for kind in ["name", "board", "output", "piece", "claim", "memory", "cpu"] where !seen.contains(kind) {
      throw end.refused("there is no line of the kind `\(kind)`")
    }
    try pieces.finish()
  }

  private mutating func check(_ kind: String, _ line: inout Line) throws {
    switch kind {
    case "name", "board", "container": _ = try line.name()
    case "input": _ = (try line.name(), try line.word())
    case "output":
      let file = try line.name()
      let isPlain = file.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
        !["", ".", ".."].contains($0)
      }
      guard isPlain, !file.contains("\\"), outputs[file] == nil else {
        throw line.refused("\(file) is no plain name of a file in the folder, or stands there twice")
      }
      outputs[file] = Output(line: line, size: try line.decimal(), sha256: try line.word())
    case "piece": try pieces.add(&line, outputs)
    case "claim":
      let (id, word, examined) = (try line.word(), try line.word(), try line.decimal())
      _ = try line.name()
      // A claim that nothing was examined for proves nothing, and has to say so.
      guard id > claim.id, (examined == 0 ? ["empty"] : ["proved", "assumed"]).contains(word) else {
        throw line.refused("claim \(id) is \(word), or stands at the wrong place")
      }
      claim = (id, word, 0)
      claims += 1
    case "assumption":
      guard try line.word() == claim.id else { throw line.refused("this is no assumption of the claim above it") }
      _ = try line.name()
      claim.assumptions += 1
    case "memory", "device":
      let range = try line.range()
      let owner = try ownership.add(range, &line)
      try pieces.cover(range, owner: owner, isMemory: kind == "memory", line)
    default: try ownership.add(kind, &line)
    }
  }

  /// An assumed claim says on what; a proved one rests on nothing.
  private func endClaim(at line: Line) throws {
    guard (claim.word == "assumed") == (claim.assumptions > 0) else {
      throw line.refused("claim \(claim.id) above is \(claim.word) and has \(claim.assumptions) assumptions")
    }
  }
}

extension Sequence<UInt8> {
  /// SHA-256 in hexadecimal digits.
  var sha256: String { SHA256.hash(data: Data(self)).hexadecimal }
}

extension SHA256.Digest {
  /// The digest in hexadecimal digits.
  var hexadecimal: String { map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}
