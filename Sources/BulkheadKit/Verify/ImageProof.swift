import Foundation

/// What verifying every container of a folder against a plan came to.
struct ImageProof {
  /// The folder as it was read.
  let output: FinishedOutput
  /// What it was held against.
  let context: VerificationContext
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
    let runtimeFile = project.runtimeFile(for: plan)
    let runtime = try InputFile.bytes(of: runtimeFile)
    var carried = [Self.input(runtimeFile, runtime)]
    var relocator: [UInt8]?
    if FileManager.default.fileExists(atPath: "\(folder)/single.img") {
      let code = try InputFile.bytes(of: project.relocatorFile)
      carried.append(Self.input(project.relocatorFile, code))
      relocator = code
    }
    output = try FinishedOutput(folder: folder, checksHashes: checksHashes, relocator: relocator)
    context = VerificationContext(
      board: plan.board, manifest: plan.manifest, plan: plan.ownership,
      payloads: try PayloadInput.inputs(of: plan.manifest), runtime: runtime)
    let verifier = Verifier(context)
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

  /// Has the solvers repeat what can be said in bit vectors of the first container; `nil` if it could not be decoded.
  func solved(
    by solvers: [Solver], into folder: String, progress: (String) -> Void
  ) throws(InputError) -> SolverProof? {
    guard let verification, let system = verification.system else { return nil }
    return try SolverProof(
      SolverProblems.all(of: system, context), of: verification.image, solvers: solvers, into: folder,
      progress: progress)
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
