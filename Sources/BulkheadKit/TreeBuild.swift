import Foundation

/// `bulkhead build --trees-only`: check, then the domains' device trees and nothing else.
///
/// It needs neither the runtime nor a board that the runtime could drive, so it slices any board's tree.
public struct TreeBuild: Sendable {
  private let check: Check

  /// Prepares a build.
  public init(project: Project, isLocked: Bool = false) { check = Check(project: project, isLocked: isLocked) }

  /// Writes `domains/NAME.dtb` for each domain of the manifest in `file` into `folder`, which must not hold a whole
  /// build. The files are there once nothing can go wrong with any tree.
  public func run(manifest file: String, into folder: String? = nil) -> TreeBuildResult {
    let result = check.run(manifest: file).forBuild()
    guard let plan = result.plan, result.isAccepted else { return TreeBuildResult(check: result, files: []) }
    do {
      let target = folder ?? Build.defaultFolder(for: plan)
      try checkIsNoBuild(target)
      let trees = try plan.domains.map { domain in (domain.name, try Self.tree(of: domain, in: plan)) }
      return TreeBuildResult(check: result, files: try write(trees, into: target + "/domains"))
    } catch let error as InputError {
      return TreeBuildResult(check: result.adding(error.findings, isInputUnusable: true), files: [])
    } catch let error as DomainTreeError {
      return TreeBuildResult(check: result.adding([error.finding], isInputUnusable: false), files: [])
    } catch {
      let finding = Finding(KitRules.unexpected, .error, "the trees cannot be written: \(error)")
      return TreeBuildResult(check: result.adding([finding], isInputUnusable: true), files: [])
    }
  }

  private static func tree(of domain: DomainPlan, in plan: Plan) throws -> [UInt8] {
    guard let own = domain.declaration.deviceTree else { return try DomainTreeWriter.tree(for: domain, in: plan) }
    return try InputFile.bytes(of: own.value)
  }

  /// The trees of a whole build are those that its load map has the hashes of.
  private func checkIsNoBuild(_ folder: String) throws(InputError) {
    guard FileManager.default.fileExists(atPath: folder + "/load-map.json") else { return }
    throw InputError(
      Finding(
        KitRules.unexpected, .error, "\(Quotation.quoted(path: folder)) holds a whole build", subjects: [folder],
        resource: ResourceReference(.file, folder), help: "name another folder with -o"))
  }

  private func write(_ trees: [(name: String, blob: [UInt8])], into folder: String) throws -> [String] {
    try trees.map { tree in
      let file = "\(folder)/\(tree.name).dtb"
      try ResultFile.write(bytes: tree.blob, to: file)
      return file
    }
  }
}
