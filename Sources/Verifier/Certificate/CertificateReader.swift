import Diagnostics
import Ownership

extension Certificate {
  /// Reads a certificate, strictly: what is accepted is, byte for byte, what `text` writes.
  ///
  /// - Throws: `VerifierError` with the line that is not as it should be.
  public init(text: String) throws(VerifierError) {
    var reader = CertificateReader()
    self = try reader.read(text)
  }
}

/// Collects the lines of a certificate.
private struct CertificateReader {
  private var names: [String] = []
  private var boards: [String] = []
  private var inputs: [Certificate.Input] = []
  private var outputs: [Certificate.Output] = []
  private var containers: [String] = []
  private var pieces: [Certificate.Piece] = []
  private var verdicts: [Certificate.Verdict] = []
  private var owned: [(Resource, Claim)] = []

  /// The whole text.
  mutating func read(_ text: String) throws(VerifierError) -> Certificate {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.first == "bulkhead-certificate \(Certificate.version)" else {
      throw Self.failure(1, "it should start with `bulkhead-certificate \(Certificate.version)`")
    }
    guard lines.count >= 3, lines[lines.count - 1].isEmpty, lines[lines.count - 2].hasPrefix("sha256 ") else {
      throw Self.failure(lines.count, "it should end with a line `sha256 …`: the end is missing")
    }
    for index in 1..<lines.count - 2 {
      do throws(CertificateLine.Malformed) {
        try read(line: lines[index])
      } catch {
        throw Self.failure(index + 1, "here should be \(error.expected)")
      }
    }
    guard let name = names.first, let board = boards.first else { throw Self.failure(2, "it has no name or no board") }
    let (ownership, conflicts) = Ownership.collecting(owned)
    if let conflict = conflicts.first { throw Self.failure(lines.count, "\(conflict.resource) has two owners") }
    let certificate = Certificate(
      name: name, board: board, inputs: inputs, outputs: outputs, containers: containers, pieces: pieces,
      verdicts: verdicts, ownership: ownership)
    try Self.compare(lines, certificate.text.split(separator: "\n", omittingEmptySubsequences: false))
    return certificate
  }

  private mutating func read(line text: Substring) throws(CertificateLine.Malformed) {
    var line = CertificateLine(text)
    let kind = try line.word("a kind of line")
    switch kind {
    case "name": names.append(try line.name("the manifest's name"))
    case "board": boards.append(try line.name("the board's name"))
    case "input": inputs.append(.init(subject: try line.name("an input"), sha256: try line.digest()))
    case "output":
      outputs.append(.init(file: try line.name("a file"), size: try line.number("a size"), sha256: try line.digest()))
    case "container": containers.append(try line.name("a container"))
    case "piece": pieces.append(try Self.piece(&line))
    case "claim":
      verdicts.append(
        .init(
          id: try line.word("an id"), word: try line.word("a verdict"), examined: try line.number("a number"),
          unit: try line.name("a unit"), assumptions: []))
    case "assumption": try assume(&line)
    default: owned.append((try Self.resource(kind, &line), try line.claim()))
    }
    guard line.isAtEnd else { throw .init(expected: "the end of the line") }
  }

  private mutating func assume(_ line: inout CertificateLine) throws(CertificateLine.Malformed) {
    let id = try line.word("an id")
    let assumption = try line.name("an assumption")
    guard let last = verdicts.popLast(), last.id == id else {
      throw .init(expected: "an assumption of the claim above")
    }
    verdicts.append(
      .init(
        id: last.id, word: last.word, examined: last.examined, unit: last.unit,
        assumptions: last.assumptions + [assumption]))
  }

  private static func piece(_ line: inout CertificateLine) throws(CertificateLine.Malformed) -> Certificate.Piece {
    let role = try line.word("a role")
    let owner = try line.owner()
    let file = try line.name("a file")
    return Certificate.Piece(
      role: role, owner: owner, file: file.isEmpty ? nil : file, offset: try line.number("an offset"),
      size: try line.number("a size"), memory: try line.range())
  }

  private static func resource(
    _ kind: String, _ line: inout CertificateLine
  ) throws(CertificateLine.Malformed) -> Resource {
    switch kind {
    case "memory": return .memory(try line.range())
    case "device": return .device(try line.range())
    case "interrupt": return .interrupt(try line.number("an INTID"))
    case "cpu": return .cpu(affinity: try line.address("an affinity"))
    case "stream":
      return .stream(
        smmu: try line.name("an SMMU"), id: try line.address("a stream id"), mask: try line.address("a mask"))
    case "provider": return .provider(try line.name("a node"))
    case "call":
      return .call(
        try line.functions(), mask: try line.address("a mask"), value: try line.address("an argument"))
    case "colour": return .colour(try line.number("a colour"))
    default: throw .init(expected: "a kind of line that certificates have")
    }
  }

  /// The text has to be the one that the certificate gives: sorted, joined, in its one spelling, and with its hash.
  private static func compare(_ lines: [Substring], _ canonical: [Substring]) throws(VerifierError) {
    for (index, (line, expected)) in zip(lines, canonical).enumerated() where line != expected {
      let what = expected.hasPrefix("sha256 ") && line.hasPrefix("sha256 ")
      throw failure(
        index + 1,
        what
          ? "the SHA-256 is not that of the lines before it: somebody edited them"
          : "here should be \(Quotation.quoted(expected))")
    }
    guard lines.count == canonical.count else {
      throw failure(min(lines.count, canonical.count), "there is more or less than a certificate")
    }
  }

  private static func failure(_ line: Int, _ what: String) -> VerifierError {
    VerifierError(
      CertificateRules.readable, "line \(line) of the certificate: \(what)",
      resource: ResourceReference(.file, Certificate.fileName),
      help: "write it again with `bulkhead verify`; do not edit it")
  }
}
