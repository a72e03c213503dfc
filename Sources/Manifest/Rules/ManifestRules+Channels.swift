import Diagnostics

/// Rules on how domains see channels.
extension ManifestRules {
  static let channelForms = [channelForm, functionDoorbell]

  static let channelForm = RuleDescription(
    "BH-CHN-040", title: "`as` speaks of the channel's parties",
    requirement:
      "Every name under `as` of a channel shall be its writer or one of its readers; a disk shall have no `as`.",
    hazard: "A domain that was meant to see the channel would look for a PCI function that is not there.",
    applicability: "`channels:`.",
    example: "channels:\n  speed: { size: 4 KiB, writer: a, readers: [b], doorbell: true, as: { c: pci } }")

  static let functionDoorbell = RuleDescription(
    "BH-CHN-041", title: "a channel as a PCI function has a doorbell",
    requirement: "A channel with an entry `pci` under `as` shall have `doorbell: true`.",
    hazard: "The function's interrupt would never come, and a driver that waits for it would wait for ever.",
    applicability: "`channels:`.",
    example: "channels:\n  speed: { size: 4 KiB, writer: a, readers: [b], as: { b: pci } }")
}
