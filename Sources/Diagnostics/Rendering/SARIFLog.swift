/// Findings in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS), for code review in CI.
public enum SARIFLog {
  /// The log as JSON text, ending with a line break: one run, every rule that could have spoken, the findings in
  /// their order.
  ///
  /// - Parameters:
  ///   - rules: Every rule; one that a finding names and that is missing here is added by its id alone.
  ///   - version: Bulkhead's version.
  public static func text(
    for findings: some Sequence<Finding>, rules: [RuleDescription], version: String
  ) -> String {
    let ordered = findings.ordered()
    let known = Dictionary(rules.map { ($0.id, $0) }) { first, _ in first }
    let ids = Set(rules.map(\.id)).union(ordered.map(\.rule)).sorted()
    let indices = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
    let driver: JSONValue = [
      "name": "Bulkhead", "version": .string(version),
      "rules": .array(ids.map { descriptor(of: $0, known[$0]) }),
    ]
    let run: JSONValue = [
      "tool": ["driver": driver], "columnKind": "unicodeCodePoints",
      "results": .array(ordered.map { result(for: $0, ruleIndex: indices[$0.rule]) }),
    ]
    let log: JSONValue = [
      "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
      "version": "2.1.0", "runs": [run],
    ]
    return log.text + "\n"
  }

  /// `reportingDescriptor` (section 3.49).
  private static func descriptor(of id: RuleID, _ rule: RuleDescription?) -> JSONValue {
    guard let rule else { return ["id": .string(id.rawValue)] }
    return [
      "id": .string(id.rawValue),
      "shortDescription": ["text": .string(rule.title)],
      "fullDescription": ["text": .string(rule.requirement)],
      "help": ["text": .string("\(rule.hazard)\n\nApplies to: \(rule.applicability)\n\nBroken by:\n\(rule.example)")],
    ]
  }

  /// `result` (section 3.27).
  private static func result(for finding: Finding, ruleIndex: Int?) -> JSONValue {
    let help = finding.help.map { "\n\($0)" } ?? ""
    var members: [JSONValue.Member] = [.init("ruleId", .string(finding.rule.rawValue))]
    if let ruleIndex { members.append(.init("ruleIndex", .integer(Int64(ruleIndex)))) }
    members += [
      .init("kind", "fail"), .init("level", .string(finding.severity.rawValue)),
      .init("message", ["text": .string(finding.message + help)]),
    ]
    if let location = location(of: finding) { members.append(.init("locations", [location])) }
    let further = finding.spans.dropFirst().enumerated().map { index, span in
      let label = index < finding.labels.count ? finding.labels[index] : ""
      return relatedLocation(span, id: index + 1, label: label)
    }
    if !further.isEmpty { members.append(.init("relatedLocations", .array(further))) }
    members.append(.init("properties", ["domains": .array(finding.domains.map(JSONValue.string))]))
    return .object(members)
  }

  /// `location` (section 3.28): the place in the manifest, and the subjects as logical places.
  private static func location(of finding: Finding) -> JSONValue? {
    var members: [JSONValue.Member] = []
    if let span = finding.spans.first { members.append(.init("physicalLocation", physicalLocation(span))) }
    let subjects = finding.subjects.map { subject -> JSONValue in ["fullyQualifiedName": .string(subject)] }
    if !subjects.isEmpty { members.append(.init("logicalLocations", .array(subjects))) }
    return members.isEmpty ? nil : .object(members)
  }

  private static func relatedLocation(_ span: SourceSpan, id: Int, label: String) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("id", .integer(Int64(id))), .init("physicalLocation", physicalLocation(span)),
    ]
    if !label.isEmpty { members.append(.init("message", ["text": .string(label)])) }
    return .object(members)
  }

  /// `physicalLocation` (section 3.29); the end column is one past the last character.
  private static func physicalLocation(_ span: SourceSpan) -> JSONValue {
    [
      "artifactLocation": ["uri": .string(reference(to: span.start.file))],
      "region": [
        "startLine": .integer(Int64(span.start.line)), "startColumn": .integer(Int64(span.start.column)),
        "endColumn": .integer(Int64(span.start.column.addingReportingOverflow(span.length).partialValue)),
      ],
    ]
  }

  /// A file's path as a URI reference (RFC 3986, section 4.1).
  private static func reference(to file: String) -> String {
    let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
    let encoded = file.utf8.reduce(into: "") { result, byte in
      if unreserved.contains(byte) {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return file.hasPrefix("/") ? "file://\(encoded)" : encoded
  }
}
