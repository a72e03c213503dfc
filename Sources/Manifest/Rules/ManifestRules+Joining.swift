import Diagnostics

/// Rules on files that include each other.
extension ManifestRules {
  static let joining = [setTwice, idleOverride, includeCycle, includeLimit]

  static let setTwice = RuleDescription(
    "BH-MAN-027", title: "one file sets a key",
    requirement: "A key that an included file sets shall not be set again, unless its section is marked "
      + "`override: true`.",
    hazard: "Which of the two values counts would depend on the order of files that nobody looks at together.",
    applicability: "Manifests with `include:`. Sections are joined key by key; the mark holds for the keys of its own "
      + "section, not of sections in it; a list is replaced as a whole.",
    example: "include: [radio.yaml]          # sets domains.radio.memory\n"
      + "domains:\n  radio: { memory: 2 GiB }   # needs override: true beside memory")

  static let idleOverride = RuleDescription(
    "BH-MAN-028", title: "a mark that does something",
    requirement: "`override: true` shall stand only in sections that replace something.",
    hazard: "A mark that is left over hides the next clash.",
    applicability: "Every section that may carry the mark. A warning.",
    example: "hypervisor: { override: true, memory: 2 MiB }   # and no include")

  static let includeCycle = RuleDescription(
    "BH-MAN-029", title: "no file includes itself",
    requirement: "A file shall not include itself, directly or through others.",
    hazard: "The joining would never end.",
    applicability: "Manifests with `include:`.",
    example: "include: [this-very-file.yaml]")

  static let includeLimit = RuleDescription(
    "BH-MAN-035", title: "a bounded number of files",
    requirement: "Files shall include each other at most 8 deep, and a manifest shall consist of at most 64 files.",
    hazard: "Nobody could review such a manifest, and a hostile one would exhaust the program.",
    applicability: "Manifests with `include:`.",
    example: "nine files, each of which includes the next")
}
