import BulkheadKit
import Foundation
import TestSupport

/// A manifest that breaks one rule, and how it is judged.
struct FailingManifest: CustomStringConvertible {
  /// The file.
  let description: String
  /// The rule.
  let rule: String
  /// Its severity.
  let severity: Severity
  let text: String
  /// The lines on which the rule speaks; where a change is tried first.
  let lines: [Int]
  private let judge: (String) -> [Finding]

  /// Whether a manifest is valid as far as this one's rule goes.
  func isValid(_ text: String) -> Bool {
    let findings = judge(text)
    return !findings.contains { $0.severity == .error || ($0.rule.rawValue == rule && $0.severity >= severity) }
  }

  /// Every failing manifest of these tests and of those of the manifest's reader.
  static func all() throws -> [FailingManifest] { try planned() + read() }

  private static func planned() throws -> [FailingManifest] {
    let bench = try Workbench.shared.get()
    return Fixture.all.map { fixture in
      FailingManifest(fixture.file, fixture.rule.rawValue, fixture.severity, fixture.text) {
        bench.check($0, tree: fixture.tree, lock: fixture.lock).findings
      }
    }
  }

  private static func read() throws -> [FailingManifest] {
    let folder = "\(Repository.root)/Tests/ManifestTests/Fixtures"
    return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }.sorted()
      .compactMap { name in
        guard let text = try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) else { return nil }
        let rule = name.split(separator: "-").prefix(3).joined(separator: "-")
        let severity: Severity = text.contains("# expect: error \(rule)") ? .error : .warning
        return FailingManifest(name, rule, severity, text) { text in
          do throws(InputError) {
            return try ManifestReader.read(text: text, file: "\(folder)/\(name)", rules: RuleCatalogue.all).findings
          } catch {
            return error.findings
          }
        }
      }
  }

  private init(
    _ name: String, _ rule: String, _ severity: Severity, _ text: String, judge: @escaping (String) -> [Finding]
  ) {
    description = name
    self.rule = rule
    self.severity = severity
    self.text = text
    self.judge = judge
    lines = judge(text).filter { $0.rule.rawValue == rule }.flatMap { $0.spans.map(\.start.line) }
  }
}
