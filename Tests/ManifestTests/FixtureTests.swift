import Diagnostics
import Foundation
import Manifest
import Testing

/// One manifest that breaks a rule. Its first lines say what must be found, in order, and nothing else may be:
///
///     # expect: error BH-MAN-003 at 7:3: `domains.cluster` lacks the key `cpus`
struct Fixture: CustomTestStringConvertible, Sendable {
  static let folder = Project.root + "/Tests/ManifestTests/Fixtures"
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

@Suite("Manifests that break a rule")
struct FixtureTests {
  @Test("Every rule has a manifest that breaks it, and every such manifest a rule")
  func completeness() {
    let withFixture = Set(Fixture.all.map(\.rule))
    for rule in ManifestRules.all { #expect(withFixture.contains(rule.id), "\(rule.id) has no fixture") }
    #expect(withFixture.isSubset(of: ManifestRules.all.map(\.id)))
  }

  @Test("What is found is exactly what the file says", arguments: Fixture.all)
  func findings(fixture: Fixture) throws {
    let expected = try fixture.expected()
    #expect(fixture.found() == expected)
    #expect(expected.contains { $0.contains(fixture.rule.rawValue) })
  }

  @Test("No rule id is used twice, and every rule says all it has to")
  func descriptions() {
    let rules = ManifestRules.all
    #expect(Set(rules.map(\.id)).count == rules.count)
    for rule in rules {
      #expect(rule.requirement.contains("shall"), "\(rule.id)")
      for text in [rule.title, rule.hazard, rule.applicability, rule.example] { #expect(!text.isEmpty, "\(rule.id)") }
      for text in [rule.requirement, rule.hazard, rule.applicability] { #expect(text.hasSuffix("."), "\(rule.id)") }
      #expect(!rule.isWaivable, "\(rule.id)")
    }
  }
}
