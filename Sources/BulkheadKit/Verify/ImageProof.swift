import Foundation

/// What verifying every container of a folder against a plan came to.
struct ImageProof {
  /// The folder as it was read.
  let output: FinishedOutput
  /// What the first container, the pieces, came to.
  let verification: Verification?
  /// Everything that does not hold, of any container.
  let findings: [Finding]
  /// SHA-256 of the parts of Bulkhead that the image carries, as a certificate states its inputs.
  let runtime: [Certificate.Input]

  /// Whether every claim holds for every container.
  var isAccepted: Bool { verification != nil && !findings.containsError }

  /// Verifies a folder.
  ///
  /// - Throws: `VerifierError` if the folder's load map cannot be followed, `InputError` if a file of the project or an
  ///   input cannot be read.
  init(
    folder: String, plan: Plan, project: Project, checksHashes: Bool, progress: (String) -> Void = { _ in }
  ) throws {
    let runtimeFile = project.runtimeFile(for: plan.board.interruptController?.version ?? .three)
    let runtime = try InputFile.bytes(of: runtimeFile)
    var carried = [Self.input(runtimeFile, runtime)]
    var relocator: [UInt8]?
    if FileManager.default.fileExists(atPath: "\(folder)/single.img") {
      let code = try InputFile.bytes(of: project.relocatorFile)
      carried.append(Self.input(project.relocatorFile, code))
      relocator = code
    }
    output = try FinishedOutput(folder: folder, checksHashes: checksHashes, relocator: relocator)
    let verifier = Verifier(
      VerificationContext(
        board: plan.board, manifest: plan.manifest, plan: plan.ownership,
        payloads: try PayloadInput.inputs(of: plan.manifest), runtime: runtime))
    var findings = output.findings
    var first: Verification?
    for container in output.containers {
      progress("verifying \(container.name)")
      let verification = verifier.verify(image: container, pieces: output.pieces)
      findings += verification.findings
      first = first ?? verification
    }
    verification = first
    self.findings = findings
    self.runtime = carried
  }

  /// The certificate of what was proved; `nil` unless everything was.
  ///
  /// - Parameters:
  ///   - inputs: What the image was built from.
  ///   - outputs: The files of the folder.
  func certificate(inputs: [LockEntry], outputs: [Certificate.Output]) -> Certificate? {
    guard isAccepted, let verification else { return nil }
    return Certificate(
      of: verification, name: output.name, board: output.board,
      inputs: inputs.map { Certificate.Input(subject: $0.subject, sha256: $0.value) } + runtime, outputs: outputs,
      containers: output.containers.map(\.name))
  }

  private static func input(_ file: String, _ bytes: [UInt8]) -> Certificate.Input {
    let name = URL(fileURLWithPath: file).lastPathComponent
    return Certificate.Input(subject: "runtime \(name)", sha256: InputDigest.sha256(of: bytes))
  }
}
