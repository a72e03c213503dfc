import Diagnostics
import Foundation

/// A manifest under Fixtures/rules with what its leading comment promises.
///
/// The comment's lines are `# KEY: VALUE`: `rule` (the rule that must speak), `severity` (`error` if missing), `says`
/// (text that the message must hold; several), `also` (further rules that may speak as errors), `tree` (a file under
/// Fixtures/trees that takes the place of the board's own). The line that a caret must stand on ends in `# here`; where
/// the finding has a second place, that line ends in `# there`.
struct Fixture: Sendable, CustomStringConvertible {
  let file: String
  let text: String
  let rule: RuleID
  let severity: Severity
  let says: [String]
  let also: [RuleID]
  let tree: String?
  let here: Int?
  let there: Int?

  var description: String { file }

  /// The lock file that goes with the manifest, if there is one.
  var lock: String? { try? String(contentsOfFile: Self.folder + "/rules/" + file + ".lock", encoding: .utf8) }

  /// Where the fixtures are.
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Fixtures"

  /// All fixtures under Fixtures/rules, by name.
  static let all: [Fixture] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/rules")) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted().compactMap(Fixture.init)
  }()

  /// Names and texts of the manifests under Fixtures/accepted.
  static let accepted: [(file: String, text: String)] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/accepted")) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted().compactMap { name in
      (try? String(contentsOfFile: folder + "/accepted/" + name, encoding: .utf8)).map { (name, $0) }
    }
  }()

  private init?(file: String) {
    guard let text = try? String(contentsOfFile: Self.folder + "/rules/" + file, encoding: .utf8) else { return nil }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var keys: [String: [String]] = [:]
    for line in lines.prefix(while: { $0.hasPrefix("#") }) {
      let parts = line.dropFirst(2).split(separator: ": ", maxSplits: 1)
      if parts.count == 2 { keys[String(parts[0]), default: []].append(String(parts[1])) }
    }
    guard let rule = keys["rule"]?.first else { return nil }
    self.file = file
    self.text = text
    self.rule = RuleID(rule)
    severity = keys["severity"]?.first.flatMap(Severity.init) ?? .error
    says = keys["says"] ?? []
    also = (keys["also"] ?? []).map { RuleID($0) }
    tree = keys["tree"]?.first
    here = lines.firstIndex { $0.hasSuffix("# here") }.map { $0 + 1 }
    there = lines.firstIndex { $0.hasSuffix("# there") }.map { $0 + 1 }
  }
}
