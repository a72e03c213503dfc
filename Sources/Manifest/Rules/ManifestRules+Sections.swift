import Diagnostics

/// Rules on sections and their keys.
extension ManifestRules {
  static let sections = [version, unknownKey, missingKey, wrongType, unknownWord, emptySection, repeatedEntry]

  static let version = RuleDescription(
    "BH-MAN-001", title: "the manifest's version",
    requirement: "A manifest shall be of version 1.",
    hazard: "Words of another version can mean something else; the wrong system would be built.",
    applicability: "The manifest, and every included file that states a version.",
    example: "manifest: 2")

  static let unknownKey = RuleDescription(
    "BH-MAN-002", title: "known keys only",
    requirement: "A section shall have only the keys that the manifest's version defines.",
    hazard: "A misspelt key would silently do nothing: a `citicality` that nobody enforces.",
    example: "domains:\n  cluster:\n    cpu: [0]")

  static let missingKey = RuleDescription(
    "BH-MAN-003", title: "required keys",
    requirement: "A section shall have every key that it cannot do without.",
    hazard: "The program would have to guess, and two versions of it could guess differently.",
    example: "domains:\n  cluster: { memory: 64 MiB }   # no cpus")

  static let wrongType = RuleDescription(
    "BH-MAN-004", title: "values of the right kind",
    requirement: "Each value shall be of the kind that its key wants: text, number, list or section.",
    hazard: "A value read as something else is another configuration than the one that was reviewed.",
    example: "domains:\n  cluster:\n    cpus: 0   # a list is wanted: [0]")

  static let unknownWord = RuleDescription(
    "BH-MAN-005", title: "words of a closed list",
    requirement: "A value that is one of a list of words shall be one of them, in the same letters.",
    hazard: "A misspelt `stop-system` would leave a system running that was to stop.",
    example: "domains:\n  cluster:\n    on-fault: stop")

  static let emptySection = RuleDescription(
    "BH-MAN-014", title: "nothing empty",
    requirement: "Lists and sections that need at least one entry shall not be empty.",
    hazard: "A domain without CPUs never starts; a system without domains does nothing, and says so only by silence.",
    applicability: "`domains`, `cpus`, `memory`, `memory-banks`, `readers`, `colours` and lists of property values.",
    example: "domains: {}")

  static let repeatedEntry = RuleDescription(
    "BH-MAN-015", title: "each entry once",
    requirement: "A list shall not name the same thing twice.",
    hazard: "One of the two was meant to be something else: a domain runs with a CPU or device less than its author "
      + "believes.",
    applicability: "`cpus`, `requires`, `devices`, `disabled`, `reserved-memory`, `readers`, `colours`, `include`; "
      + "`smc` ranges may not overlap.",
    example: "domains:\n  cluster:\n    cpus: [0, 0]")
}
