/// Findings in the JSON that `check` and `verify` print (`--format json`); the contract's keys, and `help`.
public enum FindingsJSON {
  /// The JSON text, ending with a line break: the verdict and the findings in their order, each once.
  public static func text(for findings: some Sequence<Finding>) -> String {
    value(for: findings).text + "\n"
  }

  /// The same with what the verdict takes on trust, under the key `assumptions`.
  public static func text(for findings: some Sequence<Finding>, assumptions: JSONValue) -> String {
    guard case .object(let members) = value(for: findings) else { return text(for: findings) }
    return JSONValue.object(members + [JSONValue.Member("assumptions", assumptions)]).text + "\n"
  }

  /// The same as a value, for those who put it into a larger one.
  public static func value(for findings: some Sequence<Finding>) -> JSONValue {
    let ordered = findings.ordered()
    return [
      "verdict": ordered.containsError ? "rejected" : "accepted",
      "findings": .array(ordered.map(value(for:))),
    ]
  }

  private static func value(for finding: Finding) -> JSONValue {
    [
      "rule": .string(finding.rule.rawValue),
      "severity": .string(finding.severity.rawValue),
      "message": .string(finding.message),
      "subjects": .array(finding.subjects.map(JSONValue.string)),
      "resource": finding.resource.map(value(for:)) ?? .null,
      "domains": .array(finding.domains.map(JSONValue.string)),
      "spans": .array(finding.spans.map(value(for:))),
      "help": finding.help.map(JSONValue.string) ?? .null,
    ]
  }

  private static func value(for resource: ResourceReference) -> JSONValue {
    [
      "kind": .string(resource.kind.rawValue),
      "value": resource.value.map(JSONValue.string) ?? .null,
      "on": resource.controller.map(JSONValue.string) ?? .null,
    ]
  }

  private static func value(for span: SourceSpan) -> JSONValue {
    [
      "file": .string(span.start.file), "line": .integer(Int64(span.start.line)),
      "column": .integer(Int64(span.start.column)),
    ]
  }
}
