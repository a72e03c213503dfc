import Diagnostics

/// The rules on the file and its YAML.
public enum YAMLRules {
  /// Every rule, by id.
  public static let all: [RuleDescription] = [
    readableFile, encoding, syntax, oneDocument, noAliases, noTags, tooMuch, duplicateKey, plainText, keysAreText,
    lineBreaks,
  ]

  static let readableFile = RuleDescription(
    "BH-YAML-001", title: "the file can be read",
    requirement: "A manifest, and every file that it includes, shall be an ordinary file of at most 1 MiB that exists "
      + "and may be read.",
    hazard: "A part of the configuration would silently be missing.",
    applicability: "The manifest and the files under `include:`; payloads have rules of their own.",
    example: "include: [there-is-no-such-file.yaml]")

  static let encoding = RuleDescription(
    "BH-YAML-002", title: "the file is UTF-8",
    requirement: "A manifest shall be text in UTF-8; a byte order mark is allowed.",
    hazard: "Names and paths would be read differently by different programs.",
    applicability: "The manifest and the files under `include:`.",
    example: "a file saved as UTF-16 or Latin-1")

  static let syntax = RuleDescription(
    "BH-YAML-003", title: "the file is YAML",
    requirement: "A manifest shall be well-formed YAML.",
    hazard: "What was meant cannot be known, so nothing may be built from it.",
    applicability: "The manifest and the files under `include:`.",
    example: "domains: [")

  static let oneDocument = RuleDescription(
    "BH-YAML-004", title: "one document",
    requirement: "A manifest shall be one YAML document that is not empty.",
    hazard: "What stands in a second document would be overlooked by the program or by its reader.",
    applicability: "The manifest and the files under `include:`.",
    example: "manifest: 1\n---\nmanifest: 1")

  static let noAliases = RuleDescription(
    "BH-YAML-005", title: "no anchors, aliases and merge keys",
    requirement: "A manifest shall not use YAML's anchors, aliases and merge keys.",
    hazard: "A reviewer would read one place and the program another; a page of nested aliases grows to gigabytes.",
    applicability: "The manifest and the files under `include:`; parts are shared with `include:`.",
    example: "domains:\n  a: &base { cpus: [0], memory: 64 MiB }\n  b: *base")

  static let noTags = RuleDescription(
    "BH-YAML-006", title: "no tags",
    requirement: "A manifest shall not use YAML tags.",
    hazard: "A tag changes the type of a value in some programs and not in others.",
    applicability: "The manifest and the files under `include:`.",
    example: "name: !!binary Y29ja3BpdA==")

  static let tooMuch = RuleDescription(
    "BH-YAML-007", title: "no more than anybody needs",
    requirement: "A manifest shall not nest lists and sections more than 16 deep, nor have more than 500 findings.",
    hazard: "A file that was made to exhaust a program would exhaust this one.",
    applicability: "The manifest and the files under `include:`.",
    example: "name: [[[[[[[[[[[[[[[[[[ ]]]]]]]]]]]]]]]]]]")

  static let duplicateKey = RuleDescription(
    "BH-YAML-008", title: "each key once",
    requirement: "A section shall not have the same key twice.",
    hazard: "One of the two values would silently be lost; a domain would get other memory or devices than its "
      + "reviewer read.",
    applicability: "Every section of one file; the same key in two files is BH-MAN-027.",
    example: "board: qemu-virt\nboard: rpi4")

  static let plainText = RuleDescription(
    "BH-YAML-009", title: "text that YAML reads as text",
    requirement: "A text shall stand in quotes if YAML 1.1 or 1.2 would take it for a truth value, a number, a date or "
      + "nothing.",
    hazard: "A domain called `no` becomes `false`, one called `1e3` becomes 1000, in whichever program reads the file "
      + "next.",
    applicability: "Names and texts; numbers and words of a closed list are read as they are written.",
    example: "domains:\n  no: { cpus: [0], memory: 64 MiB }")

  static let keysAreText = RuleDescription(
    "BH-YAML-010", title: "keys are words",
    requirement: "The keys of a section shall be single words, not lists or sections.",
    hazard: "What such a key means is not defined.",
    applicability: "Every section.",
    example: "{ [a, b]: c }")

  static let lineBreaks = RuleDescription(
    "BH-YAML-011", title: "line breaks that everybody sees",
    requirement: "A manifest shall not contain the characters NEXT LINE, LINE SEPARATOR and PARAGRAPH SEPARATOR.",
    hazard: "YAML 1.1 begins a new line there and an editor does not: a comment that a reviewer sees could be a "
      + "setting to the program.",
    applicability: "The manifest and the files under `include:`.",
    example: "# a comment<U+2028>backend: xen")
}
