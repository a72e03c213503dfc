import Diagnostics
import Foundation
import Manifest
import Testing
import TestSupport

/// One manifest that breaks a rule. Its first lines say what must be found, in order, and nothing else may be:
///
///     # expect: error BH-MAN-003 at 7:3: `domains.cluster` lacks the key `cpus`
struct Fixture: CustomTestStringConvertible, Sendable {
  static let folder = Repository.root + "/Tests/ManifestTests/Fixtures"
  static let mark = "# expect: "

  let name: String

  var testDescription: String { name }

  /// The rule that the file's name begins with: `BH-MAN-003`.
  var rule: RuleID { RuleID(name.split(separator: "-").prefix(3).joined(separator: "-")) }

  /// Every fixture, by name.
  static let all: [Fixture] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted().map(Fixture.init(name:))
  }()

  /// What the file says must be found.
  func expected() throws -> [String] {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(Self.folder)/\(name)"))
    return String(decoding: data, as: UTF8.self).split(separator: "\n").filter { $0.hasPrefix(Self.mark) }.map {
      String($0.dropFirst(Self.mark.count))
    }
  }

  /// What is found, in the same form.
  func found() -> [String] {
    let rules = ManifestRules.all + [Samples.waivableRule]
    let findings: [Finding]
    do { findings = try ManifestReader.read(file: "\(Self.folder)/\(name)", rules: rules).findings } catch {
      findings = [error.finding]
    }
    return findings.map { finding in
      let place = finding.spans.first.map { span in
        let file = String(span.start.file.dropFirst(Self.folder.count + 1))
        return "\(file == name ? "" : file + ":")\(span.start.line):\(span.start.column)"
      }
      let message = finding.message.replacing(Self.folder + "/", with: "")
      return "\(finding.severity.rawValue) \(finding.rule) at \(place ?? "nowhere"): \(message)"
    }
  }
}
