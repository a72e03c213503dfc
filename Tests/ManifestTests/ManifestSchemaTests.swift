import Diagnostics
import Foundation
import Testing

@testable import Manifest
import TestSupport

@Suite("The JSON Schema for editors")
struct ManifestSchemaTests {
  private static let file = Repository.root + "/boards/manifest.schema.json"

  /// With BULKHEAD_UPDATE in the environment the test writes the file first.
  @Test("The committed schema is the generated one")
  func committed() throws {
    if ProcessInfo.processInfo.environment["BULKHEAD_UPDATE"] != nil {
      try ManifestSchema.json.write(toFile: Self.file, atomically: true, encoding: .utf8)
    }
    let committed = try String(contentsOfFile: Self.file, encoding: .utf8)
    #expect(committed == ManifestSchema.json, "run `BULKHEAD_UPDATE=1 swift test --filter ManifestSchemaTests`")
  }

  @Test("The sample with every key has exactly the keys of the schema, and the parser knows all of them")
  func sameKeys() throws {
    let schema = try #require(try JSONSerialization.jsonObject(with: Data(ManifestSchema.json.utf8)) as? [String: Any])
    let inSchema = keys(of: schema, at: "")
    let reading = Reading()
    let root = try #require(try YAMLComposer.compose(text: Samples.everything, file: "m.yaml", reading: reading))
    // The mark and the list of files mean something only where several files are joined (JoiningTests).
    let expected = inSchema.filter { !$0.hasSuffix(".override") && $0 != ".include" }
    #expect(keys(of: root, at: "") == expected)
    let findings = try ManifestReader.read(text: Samples.everything, file: "m.yaml").findings
    #expect(findings.allSatisfy { $0.rule.rawValue.hasPrefix("BH-SUP-") })
  }

  /// Every key path of a schema object; `*` stands for a key that a person chooses, list entries add nothing.
  private func keys(of schema: [String: Any], at path: String) -> Set<String> {
    var result: Set<String> = []
    for (key, value) in schema["properties"] as? [String: [String: Any]] ?? [:] {
      result.insert("\(path).\(key)")
      result.formUnion(keys(of: value, at: "\(path).\(key)"))
    }
    if let each = schema["additionalProperties"] as? [String: Any] { result.formUnion(keys(of: each, at: "\(path).*")) }
    if let items = schema["items"] as? [String: Any] { result.formUnion(keys(of: items, at: path)) }
    for choice in schema["anyOf"] as? [[String: Any]] ?? [] { result.formUnion(keys(of: choice, at: path)) }
    return result
  }

  /// The same for a document.
  private func keys(of node: YAMLNode, at path: String) -> Set<String> {
    let free: Set<String> = [
      ".domains", ".channels", ".providers", ".domains.*.devices.set", ".providers.*.rates", ".channels.*.as",
    ]
    switch node.content {
    case .sequence(let nodes): return nodes.reduce(into: []) { $0.formUnion(keys(of: $1, at: path)) }
    case .mapping(let entries):
      return entries.reduce(into: []) { result, entry in
        let inner = free.contains(path) ? "\(path).*" : "\(path).\(entry.key.text)"
        if !free.contains(path) { result.insert(inner) }
        result.formUnion(keys(of: entry.value, at: inner))
      }
    case .scalar, .refused: return []
    }
  }

  /// Rules on the shape of a manifest: a schema can say them, so ours must.
  private static let shapes: Set<String> = [
    "BH-MAN-001", "BH-MAN-002", "BH-MAN-003", "BH-MAN-004", "BH-MAN-005", "BH-MAN-007", "BH-MAN-008", "BH-MAN-009",
    "BH-MAN-012", "BH-MAN-013", "BH-MAN-014", "BH-MAN-016", "BH-MAN-017", "BH-MAN-021", "BH-YAML-010",
  ]

  @Test("Python's jsonschema accepts what the parser accepts, and refuses what is of the wrong shape")
  func agreement() throws {
    // Files that are joined cannot be judged one by one, and what is not YAML has no shape.
    let fixtures = try Fixture.all.filter { fixture in
      try fixture.expected().allSatisfy { !$0.contains("BH-YAML-0") || $0.contains("BH-YAML-010") }
        && !["BH-MAN-027", "BH-MAN-029", "BH-MAN-035"].contains(fixture.rule.rawValue)
    }
    #expect(fixtures.count > 50)
    let verdicts = try JSONSchemaValidator.verdicts(
      on: fixtures.map { "\(Fixture.folder)/\($0.name)" }, schema: Self.file)
    #expect(verdicts.count == fixtures.count)
    for (fixture, verdict) in zip(fixtures, verdicts) {
      let rules = try fixture.expected().map { $0.split(separator: " ")[1] }
      if rules.contains(where: { Self.shapes.contains(String($0)) }) {
        #expect(verdict != "valid", "\(fixture.name) passes the schema")
      } else if !Self.tellsApart(fixture.rule) {
        #expect(verdict == "valid", "\(fixture.name): \(verdict)")
      }
    }
    let samples = try JSONSchemaValidator.verdicts(onTexts: [Samples.everything, Samples.small], schema: Self.file)
    #expect(samples == ["valid", "valid"])
  }

  /// Rules that a schema catches in some cases and cannot in others: notations, texts, repetitions.
  private static func tellsApart(_ rule: RuleID) -> Bool {
    ["BH-MAN-006", "BH-MAN-011", "BH-MAN-015"].contains(rule.rawValue)
  }
}
