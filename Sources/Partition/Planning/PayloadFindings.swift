import Diagnostics

/// Turns what is wrong with a file into a finding.
enum PayloadFindings {
  /// The finding about the file that `reference` names in `field`.
  static func finding(
    _ problem: PayloadProblem, _ reference: Located<String>, field: String, domain: String
  ) -> Finding {
    let (rule, what, help) = words(problem)
    return Finding(
      rule, .error, "\(field) names \(Quotation.quoted(reference.value)), \(what)",
      subjects: ["domains.\(domain)", reference.value], resource: ResourceReference(.payload, reference.value),
      domains: [domain], spans: [reference.span], help: help)
  }

  private static func words(_ problem: PayloadProblem) -> (rule: RuleDescription, what: String, help: String) {
    switch problem {
    case .missing:
      (
        PartitionRules.unreadablePayload, "and there is no such file",
        "build or copy it; paths count from the folder of the file that names them"
      )
    case .notAFile(let what):
      (PartitionRules.unreadablePayload, "which is \(what)", "name a regular file")
    case .unreadable(let reason):
      (PartitionRules.unreadablePayload, "which cannot be read: \(reason)", "make the file readable")
    case .empty:
      (PartitionRules.emptyPayload, "which is empty", "build it again, or take the key out")
    case .foreign(let format):
      (PartitionRules.foreignPayload, "which is \(format.name)", format.advice)
    case .bigEndian(let place):
      (
        PartitionRules.bigEndianPayload, "which is big-endian: \(place)",
        "build it for little-endian; every domain starts with little-endian data accesses"
      )
    case .malformed(let what):
      (PartitionRules.malformedPayload, "which is damaged: \(what)", "build or copy it again")
    }
  }
}

extension PayloadProblem {
  /// Whether the input is missing or unreadable as such, rather than wrong inside (exit status 2 instead of 1).
  var isUnreadableInput: Bool {
    switch self {
    case .missing, .notAFile, .unreadable: true
    case .empty, .foreign, .bigEndian, .malformed: false
    }
  }
}
