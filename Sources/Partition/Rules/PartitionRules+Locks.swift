import Diagnostics

extension PartitionRules {
  static let locks = [unreadableLock, lockDiffers]

  static let unreadableLock = RuleDescription(
    "BH-LCK-001", title: "the lock file can be read",
    requirement:
      "With `--locked` there shall be a lock file of a known version beside the manifest, as `build` writes it.",
    hazard: "Without it nobody can say whether what is built is what was reviewed.",
    applicability: "`--locked`.",
    example: "lock: 2      # a version that this Bulkhead does not know")

  static let lockDiffers = RuleDescription(
    "BH-LCK-002", title: "the plan is the one that was reviewed",
    requirement:
      "With `--locked` every input shall have the hash, and every chosen address the value, that the lock file "
      + "records.",
    hazard: "A changed input moves memory or code of a domain after it was reviewed.",
    applicability: "`--locked`.",
    example: "bulkhead build --locked m.yaml      # after the kernel was built again")
}
