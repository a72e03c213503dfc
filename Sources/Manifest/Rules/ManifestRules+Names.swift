import Diagnostics

/// Rules on names.
extension ManifestRules {
  static let names = [name, reservedName]

  static let name = RuleDescription(
    "BH-MAN-016", title: "names of domains and channels",
    requirement: "Names of domains and channels shall be lower-case letters, digits and hyphens, start with a letter, "
      + "and have at most 31 characters.",
    hazard: "Names become file names, device-tree nodes and console labels; other characters mean something there.",
    applicability: "The keys of `domains:` and `channels:`.",
    example: "domains:\n  Cluster/1: { cpus: [0], memory: 64 MiB }")

  static let reservedName = RuleDescription(
    "BH-MAN-017", title: "names that are taken",
    requirement: "No domain shall be called `hypervisor`, `firmware`, `nobody` or `bulkhead`.",
    hazard: "A report would say `hypervisor owns this page`, and mean a guest.",
    applicability: "The keys of `domains:`.",
    example: "domains:\n  firmware: { cpus: [0], memory: 64 MiB }")
}
