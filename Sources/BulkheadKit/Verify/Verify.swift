import Foundation

/// `bulkhead verify`: from the bytes of a built folder alone, who owns what; whether that is what the manifest says; and
/// the certificate.
public struct Verify: Sendable {
  private let project: Project
  private let checksHashes: Bool
  private let solves: Bool

  /// Prepares a verification; without hashes only what the bytes mean can refuse an image, and no certificate is made.
  /// With `solves` solvers are asked as well, and the folder keeps the problems and their answers.
  public init(project: Project, checksHashes: Bool = true, solves: Bool = false) {
    self.solves = solves
    self.project = project
    self.checksHashes = checksHashes
  }

  /// Verifies a folder against the manifest in `file`, or against the one that it keeps. Never throws: an unusable input
  /// is a finding of the result.
  ///
  /// - Parameter progress: Hears what is being done.
  public func run(
    folder: String, manifest file: String? = nil, progress: (String) -> Void = { _ in }
  ) -> VerifyResult {
    do {
      return try verify(folder, file, progress)
    } catch let error as InputError {
      return VerifyResult(folder: folder, findings: error.findings, isInputUnusable: true)
    } catch let error as VerifierError {
      return VerifyResult(folder: folder, findings: [error.finding])
    } catch {
      let finding = Finding(KitRules.unexpected, .error, "the verification failed: \(error)")
      return VerifyResult(folder: folder, findings: [finding], isInputUnusable: true)
    }
  }

  private func verify(_ folder: String, _ file: String?, _ progress: (String) -> Void) throws -> VerifyResult {
    // A folder that is none, or holds no load map, is an unusable input; whatever else is wrong with it is refused.
    let opened = try OutputFolder(folder)
    let solvers = solves ? try Solver.all() : []
    let kept = try KeptInputs(folder: folder)
    progress("planning \(file ?? kept.manifest)")
    let check = Check(project: project)
    let result = file.map { check.run(manifest: $0) } ?? check.run(kept)
    var findings = result.findings.filter { $0.severity == .error }
    guard let plan = result.plan, result.isAccepted else {
      return VerifyResult(
        folder: folder, findings: findings + refusal(of: file ?? kept.manifest), isInputUnusable: result.isInputUnusable
      )
    }
    findings += try differences(of: plan, result.files, from: kept, isOwn: file == nil)
    let proof = try ImageProof(
      folder: folder, plan: plan, project: project, checksHashes: checksHashes, progress: progress)
    findings += proof.findings
    let solved =
      solvers.isEmpty
      ? nil : try proof.solved(by: solvers, into: "\(folder)/\(SolverProof.folderName)", progress: progress)
    findings += solved?.findings ?? []
    var certificate: String?
    if checksHashes, !findings.containsError {
      progress("hashing the files of \(folder)")
      let outputs = try OutputInventory(folder: opened, kept: kept).outputs()
      if let made = proof.certificate(inputs: kept.lock.inputs, outputs: outputs) {
        findings += try Self.place(made, in: folder)
        certificate = findings.containsError ? nil : "\(folder)/\(Certificate.fileName)"
      }
    }
    return VerifyResult(
      folder: folder, findings: findings, proof: proof, comparison: comparison(isOwn: file == nil),
      assumptions: result.assumptions, certificate: certificate, solved: solved)
  }

  /// How the manifest, its files and its plan differ from what the folder was built from.
  private func differences(
    of plan: Plan, _ files: [String], from kept: KeptInputs, isOwn: Bool
  ) throws(InputError) -> [Finding] {
    var differences: [LockDifference] = []
    var findings: [Finding] = []
    if isOwn {
      findings += checksHashes ? kept.findings() : []
    } else if checksHashes {
      differences += kept.lock.inputDifferences(from: try LockFile(of: plan, files: files))
    }
    differences += kept.lock.addressDifferences(from: plan)
    let name = Quotation.quoted(path: plan.manifest.file)
    return findings
      + differences.map { difference in
        Finding(
          VerifyRules.sameManifest, .error,
          "\(name) is not what the folder was built from: \(difference.message)", subjects: [difference.subject],
          resource: ResourceReference(.manifest), spans: [difference.span],
          help: isOwn
            ? "build the folder again: it was edited, or built by another version of Bulkhead"
            : "name the manifest that it was built from, or build the folder again from this one")
      }
  }

  /// What is to be said beside the errors of a manifest that yields no plan.
  private func refusal(of manifest: String) -> [Finding] {
    [
      Finding(
        VerifyRules.sameManifest, .error,
        "\(Quotation.quoted(path: manifest)) yields no plan that the folder could be held against",
        subjects: [manifest], resource: ResourceReference(.manifest),
        help: "`bulkhead check` has to accept the manifest first")
    ]
  }

  private func comparison(isOwn: Bool) -> String {
    guard isOwn else { return "held byte for byte against the files that the manifest names" }
    let hashes = checksHashes ? "which have the SHA-256 that \(InputKeeping.lockFile) recorded" : "unhashed"
    return "held byte for byte against the copies in the folder, \(hashes)"
  }

  /// Puts a certificate into the folder, unless one of another image lies there.
  private static func place(_ certificate: Certificate, in folder: String) throws(InputError) -> [Finding] {
    let existing = ExistingCertificate(folder: folder)
    guard !existing.isSame(as: certificate) else { return [] }
    let findings = existing.findings(against: certificate)
    if findings.isEmpty { try ResultFile.write(certificate.text, to: "\(folder)/\(Certificate.fileName)") }
    return findings
  }
}
