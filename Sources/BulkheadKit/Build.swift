import Foundation

/// `bulkhead build`: check, then the images, the domains' trees, the load map and the lock file.
public struct Build: Sendable {
  private let check: Check
  private let project: Project
  private let hasSingleFile: Bool
  private let fit: FITOptions?

  /// Prepares a build; with `hasSingleFile` it also writes `single.img`, with `fit` also the folder `u-boot`.
  public init(project: Project, isLocked: Bool = false, hasSingleFile: Bool = false, fit: FITOptions? = nil) {
    self.fit = fit
    self.project = project
    self.hasSingleFile = hasSingleFile
    check = Check(project: project, isLocked: isLocked)
  }

  /// Where a build goes when nobody says: `build/NAME` below the current folder.
  public static func defaultFolder(for plan: Plan) -> String { "build/\(plan.manifest.name.value)" }

  /// Builds the manifest in `file` into `folder`, which it replaces as a whole; a build that fails leaves it as it was.
  public func run(manifest file: String, into folder: String? = nil) -> BuildResult {
    let result = check.run(manifest: file).forBuild()
    guard let plan = result.plan, result.isAccepted else {
      return BuildResult(check: result, folder: nil, loadMap: nil)
    }
    do {
      let inputs = plan.inputs(files: result.files)
      var images = try images(of: plan)
      let keeping = InputKeeping(inputs, among: images)
      images.files += keeping.files
      let target = folder ?? Self.defaultFolder(for: plan)
      var finished = FinishedBuild(project: project, plan: plan)
      try ImageWriter.write(images, to: target) { written in
        let lock = try keeping.lock(of: plan, files: result.files, written: written.files)
        try finished.complete(&written, lock)
      }
      if !check.isLocked, let lock = finished.lock { try ResultFile.write(lock.keeping([]).text, to: lock.file) }
      return BuildResult(check: result, folder: target, loadMap: finished.loadMap, claims: finished.claims)
    } catch let error as FinishedBuild.Refusal {
      return failed(result, error.findings, isInputUnusable: false)
    } catch let error as InputError {
      return failed(result, error.findings, isInputUnusable: true)
    } catch let error as ImageError {
      return failed(result, [error.finding], isInputUnusable: false)
    } catch {
      let finding = Finding(KitRules.unexpected, .error, "the build failed: \(error)")
      return failed(result, [finding], isInputUnusable: true)
    }
  }

  /// Everything that a build of `plan` writes, in memory.
  public func images(of plan: Plan) throws -> ImageSet {
    let file = project.runtimeFile(for: plan)
    let runtime = try Runtime(elf: InputFile.bytes(of: file), file: file)
    let trees = try plan.domains.map { domain in
      domain.declaration.deviceTree == nil ? try DomainTreeWriter.tree(for: domain, in: plan) : []
    }
    let manifest = try InputFile.bytes(of: plan.manifest.file)
    let code = project.relocatorFile
    let relocator = hasSingleFile ? try Relocator(InputFile.bytes(of: code), file: code) : nil
    return try ImageBuilder(
      plan: plan, runtime: runtime, trees: trees, manifest: manifest, relocator: relocator, fit: fit
    ).build()
  }

  private func failed(_ check: CheckResult, _ findings: [Finding], isInputUnusable: Bool) -> BuildResult {
    BuildResult(check: check.adding(findings, isInputUnusable: isInputUnusable), folder: nil, loadMap: nil)
  }
}
