import Board
import BulkheadKit
import Foundation
import TestSupport

/// A valid manifest and everything that its mutants are judged with.
struct MutationBase {
  /// Why there is none.
  struct Invalid: Error, CustomStringConvertible {
    let description: String
  }

  /// The file as it is named, whose folder the manifest's paths start from.
  let file: String
  let root: ManifestItem
  private let board: Board
  private let boardName: String
  private let tree: String?
  private let text: String
  private let ownership: Ownership

  /// Takes a manifest, with or without what `bulkhead test` expects of it. It has to be accepted as it is written by the tests, one value a line.
  init(file: String, text: String, keepsExpectations: Bool) throws {
    guard let root = ManifestItem(yaml: text).map({ keepsExpectations ? $0 : $0.without("expect") }) else {
      throw Invalid(description: "\(file) is no YAML")
    }
    self.file = file
    self.root = root
    self.text = ManifestLayout(root).text
    let reading = try ManifestReader.read(text: self.text, file: file, rules: RuleCatalogue.all)
    guard let manifest = reading.manifest else {
      throw Invalid(description: reading.findings.map(\.message).joined(separator: "\n"))
    }
    board = try BoardLibrary(root: Repository.root).board(for: manifest)
    boardName = manifest.board.value
    tree = manifest.deviceTree?.value
    let planning = Planner.plan(manifest, on: board, lock: nil, files: [])
    let findings = WaiverRules.apply(manifest.waivers, to: reading.findings + RuleBook.check(planning))
    guard let plan = planning.plan, !findings.containsError else {
      throw Invalid(description: file + ":\n" + findings.map(\.message).joined(separator: "\n"))
    }
    ownership = plan.ownership
  }

  /// Every mutant, or only those that another manifest of the same sections does not have; on a small tree each device of it takes the place of each that the manifest names.
  func mutants(isWhole: Bool) -> [Mutant] {
    let devices = board.devices.map(\.path)
    let others = board.reservedMemory.map(\.path) + board.smmus.map(\.path) + board.memory.map(\.path)
    return Mutant.all(of: root, nodes: devices.count <= 64 ? devices + others : [], isWhole: isWhole)
  }

  /// What becomes of a mutant.
  func verdict(on mutant: Mutant) -> MutantVerdict {
    do throws(InputError) {
      let reading = try ManifestReader.read(text: mutant.text, file: file, rules: RuleCatalogue.all)
      guard let manifest = reading.manifest else { return MutantVerdict(mutant, reading.findings) }
      let isSame = manifest.board.value == boardName && manifest.deviceTree?.value == tree
      let board = isSame ? board : try BoardLibrary(root: Repository.root).board(for: manifest)
      let planning = Planner.plan(manifest, on: board, lock: nil, files: [])
      let findings = WaiverRules.apply(manifest.waivers, to: reading.findings + RuleBook.check(planning))
      guard !findings.containsError else { return MutantVerdict(mutant, findings) }
      return MutantVerdict(mutant, findings, planning: planning, base: ownership)
    } catch {
      return MutantVerdict(mutant, error.findings)
    }
  }
}
