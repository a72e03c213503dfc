import Diagnostics

/// What `verify` found.
public struct VerifyResult: Sendable {
  /// The folder as it was named.
  public let folder: String
  /// Everything that does not hold, in order and each once.
  public let findings: [Finding]
  /// Each claim in the order of their ids; empty if the bytes could not be read.
  public let claims: [ClaimOutcome]
  /// Who owns what, as the bytes say.
  public let ownership: Ownership
  /// The containers that were opened.
  public let containers: [String]
  /// What the payloads were held against, in a sentence.
  public let comparison: String
  /// What the verdict takes on trust beside the claims' own assumptions.
  public let assumptions: AssumptionsOfUse
  /// The certificate's file; `nil` unless everything holds and hashes were taken.
  public let certificate: String?
  /// What the solvers answered; `nil` if they were not asked, or the bytes could not be read.
  public let solved: SolverProof?
  /// Whether an input is missing or cannot be read as what it should be.
  public let isInputUnusable: Bool

  init(
    folder: String, findings: [Finding], proof: ImageProof? = nil, comparison: String = "",
    assumptions: AssumptionsOfUse = AssumptionsOfUse(), certificate: String? = nil, solved: SolverProof? = nil,
    isInputUnusable: Bool = false
  ) {
    self.folder = folder
    self.findings = findings.ordered()
    claims = proof?.verification?.claims ?? []
    ownership = proof?.verification?.ownership ?? Ownership()
    containers = proof?.output.containers.map(\.name) ?? []
    self.comparison = comparison
    self.assumptions = assumptions
    self.certificate = certificate
    self.solved = solved
    self.isInputUnusable = isInputUnusable
  }

  /// Whether everything holds.
  public var isAccepted: Bool { !isInputUnusable && !findings.containsError }

  /// The exit status that says so.
  public var status: CommandStatus {
    if isInputUnusable { return .unusableInput }
    return isAccepted ? .accepted : .rejected
  }

  /// The result for a person: who owns what by the bytes, each claim with its verdict, what it rests on, and the verdict on all.
  public var text: String {
    let owned = OwnershipList(ownership).text
    var text = owned.isEmpty ? "" : "who owns what, by the bytes:\n\n\(owned)\n"
    let width = (claims.map { "\($0.examined) \($0.unit)".count }.max() ?? 0) + 2
    for claim in claims {
      let verdict = claim.verdict.padded(to: 9)
      text += "\(claim.claim.id.rawValue)  \(verdict)\("\(claim.examined) \(claim.unit)".padded(to: width))"
      text += "\(claim.claim.title)\n"
      text += claim.assumptions.map { "            because \($0)\n" }.joined()
    }
    if isAccepted { text += assumptions.text }
    if !containers.isEmpty { text += "read: \(containers.joined(separator: ", "))\n" }
    if !comparison.isEmpty { text += "payloads: \(comparison)\n" }
    if let solved { text += "solvers: \(solved.summary); see \(folder)/\(SolverProof.folderName)\n" }
    if let certificate { text += "certificate: \(certificate)\n" }
    let counts = claims.isEmpty ? FindingRenderer.summary(of: findings) : claims.tally
    return text + "\(folder): \(isAccepted ? "accepted" : "rejected"), \(counts)\n"
  }

  /// The result as JSON: verdict, findings and assumptions as of `check`, and the claims.
  public var json: String {
    guard case .object(let members) = FindingsJSON.value(for: findings) else { return "" }
    let verdict = JSONValue.Member("verdict", isAccepted ? "accepted" : "rejected")
    return JSONValue.object(
      [verdict] + members.filter { $0.key != "verdict" } + [
        .init("claims", .array(claims.map(Self.value))), .init("containers", .array(containers.map(JSONValue.string))),
        .init("payloads", .string(comparison)), .init("certificate", certificate.map(JSONValue.string) ?? .null),
        .init("solvers", solved.map(Self.value) ?? .null),
        .init("assumptions", assumptions.json),
      ]
    ).text + "\n"
  }

  private static func value(of proof: SolverProof) -> JSONValue {
    [
      "solvers": .array(proof.solvers.map { ["name": .string($0.product.rawValue), "version": .string($0.version)] }),
      "answers": .array(
        proof.entries.map { entry in
          [
            "file": .string(entry.file), "claim": .string(entry.claim), "expected": .string(entry.expected.word),
            "answers": .array(entry.answers.map { .string($0.word) }),
          ]
        }),
    ]
  }

  private static func value(of claim: ClaimOutcome) -> JSONValue {
    [
      "claim": .string(claim.claim.id.rawValue), "title": .string(claim.claim.title),
      "verdict": .string(claim.verdict), "examined": .integer(Int64(claim.examined)), "unit": .string(claim.unit),
      "assumptions": .array(claim.assumptions.map(JSONValue.string)),
    ]
  }
}

extension [ClaimOutcome] {
  /// How many claims are proved, assumed and refuted: `27 claims: 26 proved, 1 assumed`.
  public var tally: String {
    let words = ["proved", "assumed", "empty", "refuted"].compactMap { word in
      let number = count { $0.verdict == word }
      return number == 0 ? nil : "\(number) \(word)"
    }
    return "\(count) claims: \(words.joined(separator: ", "))"
  }
}
