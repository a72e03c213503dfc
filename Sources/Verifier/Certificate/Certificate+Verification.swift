import Ownership

extension Certificate {
  /// The certificate of a verification, with nothing in it of the plan: pieces, claims and ownership are those that were
  /// read from the bytes.
  ///
  /// - Parameters:
  ///   - inputs: What the image was derived from.
  ///   - outputs: The files of the folder.
  ///   - containers: Every container for which the verification came to the same.
  public init(
    of verification: Verification, name: String, board: String, inputs: [Input], outputs: [Output],
    containers: [String]
  ) {
    self.init(
      name: name, board: board, inputs: inputs, outputs: outputs, containers: containers,
      pieces: (verification.system?.pieces ?? []).map(Piece.init), verdicts: verification.claims.map(Verdict.init),
      ownership: verification.ownership)
  }
}

extension Certificate.Piece {
  /// A piece of the load map; one that takes no byte of a file names none.
  init(_ piece: LoadedPiece) {
    self.init(
      role: piece.role, owner: piece.owner == "hypervisor" ? .hypervisor : .domain(piece.owner),
      file: piece.size == 0 ? nil : piece.file, offset: piece.size == 0 ? 0 : piece.offset, size: piece.size,
      memory: piece.memory)
  }
}

extension Certificate.Verdict {
  /// What looking at a claim came to.
  init(_ outcome: ClaimOutcome) {
    self.init(
      id: outcome.claim.id.rawValue, word: outcome.verdict, examined: outcome.examined, unit: outcome.unit,
      assumptions: outcome.verdict == "assumed" ? outcome.assumptions : [])
  }
}
