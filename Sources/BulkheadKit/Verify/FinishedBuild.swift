/// The last step of a build: the files are verified before the folder takes its place, and get their certificate.
struct FinishedBuild {
  /// What was written is not what was planned.
  struct Refusal: Error {
    let findings: [Finding]
  }

  /// The lock of the build.
  private(set) var lock: LockFile?
  /// What is loaded where.
  private(set) var loadMap: LoadMap?
  /// Each claim.
  private(set) var claims: [ClaimOutcome] = []

  private let project: Project
  private let plan: Plan

  init(project: Project, plan: Plan) {
    self.project = project
    self.plan = plan
  }

  /// Adds the lock, verifies every container by reading the files back, and adds the certificate. Hashes are those that
  /// writing took; they are not taken again.
  ///
  /// - Throws: `Refusal` if a claim does not hold, `InputError` if something cannot be read or written.
  mutating func complete(_ written: inout WrittenFolder, _ lock: LockFile) throws {
    try written.add(ImageFile(InputKeeping.lockFile, lock.text))
    let proof: ImageProof
    do {
      proof = try ImageProof(folder: written.path, plan: plan, project: project, checksHashes: false)
    } catch let error as VerifierError {
      throw refusal([error.finding])
    }
    let outputs = written.files.map { Certificate.Output(file: $0.name, size: $0.size, sha256: $0.sha256) }
    guard let certificate = proof.certificate(inputs: lock.inputs, outputs: outputs) else {
      throw refusal(proof.findings)
    }
    try written.add(ImageFile(Certificate.fileName, certificate.text))
    self.lock = lock
    loadMap = written.loadMap
    claims = proof.verification?.claims ?? []
  }

  private func refusal(_ findings: [Finding]) -> Refusal {
    let words = Finding(
      VerifyRules.ownFault, .error,
      "what was built does not hold what has to be proved of it, so nothing was put into place",
      resource: ResourceReference(.manifest), spans: [plan.manifest.name.span],
      help:
        "if no finding beside this one names something that the manifest asks for and this board cannot give, this is "
        + "a fault of Bulkhead's own: report it with the manifest and the findings")
    return Refusal(findings: findings + [words])
  }
}

extension ImageFile {
  /// A file that holds a text.
  init(_ name: String, _ text: String) {
    self.init(name: name, contents: FileContents([.bytes(Array(text.utf8))]))
  }
}
