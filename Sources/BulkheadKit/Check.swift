/// `bulkhead check`: parse, plan, run every rule; write nothing.
public struct Check: Sendable {
  /// Where boards are found.
  public let project: Project
  /// Whether every address and input has to be the one that the lock file records.
  public let isLocked: Bool
  /// The board, or the compiled tree, that the manifest is judged on in place of its own.
  public let otherBoard: String?

  /// Prepares a check.
  public init(project: Project, isLocked: Bool = false, otherBoard: String? = nil) {
    self.project = project
    self.otherBoard = otherBoard
    self.isLocked = isLocked
  }

  /// Checks the manifest in `file`. Never throws: an unusable input is a finding of the result.
  public func run(manifest file: String) -> CheckResult { run(manifest: file, kept: nil) }

  /// The same for the manifest of a built folder, whose inputs lie in the folder.
  func run(_ kept: KeptInputs) -> CheckResult { run(manifest: kept.manifest, kept: kept) }

  private func run(manifest file: String, kept: KeptInputs?) -> CheckResult {
    do throws(InputError) {
      return try check(file, kept)
    } catch {
      return CheckResult(file: file, findings: error.findings, plan: nil, files: [file], isInputUnusable: true)
    }
  }

  private func check(_ file: String, _ kept: KeptInputs?) throws(InputError) -> CheckResult {
    let reading = try ManifestReader.read(
      file: file, rules: RuleCatalogue.all, places: kept?.places ?? .asNamed)
    guard let manifest = reading.manifest else {
      return CheckResult(
        file: file, findings: reading.findings.ordered(), plan: nil, files: reading.files, isInputUnusable: false)
    }
    try project.checkIsWhole()
    let library = BoardLibrary(root: project.root)
    let own = try library.board(for: manifest, tree: kept?.tree)
    let other = try otherBoard.map { name throws(InputError) in
      try OtherBoard(name, for: manifest, own: own, library: library)
    }
    let board = other?.board ?? own
    let hasOwnTree = kept == nil && (other != nil || manifest.deviceTree == nil)
    let provenance = board.provenance(in: project, hasOwnTree: hasOwnTree)
    let lock = isLocked ? try LockFile.read(beside: file) : nil
    let planning = Planner.plan(manifest, on: board, lock: lock, files: reading.files)
    let trees = TreeFindings(planning.plan)
    let found = reading.findings + provenance + RuleBook.check(planning) + trees.findings
    let findings = WaiverRules.apply(manifest.waivers, to: other?.completed(found) ?? found)
    return CheckResult(
      file: file, otherBoard: other?.board.name, findings: findings.ordered(),
      assumptions: AssumptionsOfUse(planning.draft), plan: findings.containsError ? nil : planning.plan,
      files: reading.files, isInputUnusable: planning.hasUnreadableInput || trees.isInputUnusable)
  }
}
