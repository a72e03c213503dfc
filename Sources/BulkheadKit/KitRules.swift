/// Rules that speak where modules meet.
public enum KitRules {
  /// An input of a verb, other than the manifest's own, has to be readable.
  public static let readableInput = RuleDescription(
    "BH-KIT-001", title: "a file that a verb needs can be read",
    requirement: "Every file that a verb is given or relies on shall exist and be readable.",
    hazard: "Nothing can be said about a system whose parts cannot be read.",
    applicability: "The boards, the EL2 runtime, and folders given to run and test.",
    example: "bulkhead run does-not-exist/")
  /// Nothing else may go wrong.
  public static let unexpected = RuleDescription(
    "BH-KIT-002", title: "the operating system does what it is asked",
    requirement: "Writing results shall succeed, or fail without leaving a part of them behind.",
    hazard: "A half-written image looks like a whole one.",
    applicability: "Every verb that writes.",
    example: "bulkhead build m.yaml -o /proc/out")
  /// What is to run in QEMU has to be a board that QEMU has.
  public static let emulated = RuleDescription(
    "BH-KIT-003", title: "the board can be emulated",
    requirement: "A manifest that is run or tested shall be for a board that QEMU has.",
    hazard: "There is nothing to run it on.",
    applicability: "The verbs run and test.",
    example: "bulkhead run generic-board.yaml")
  /// A domain that is named has to exist.
  public static let knownDomain = RuleDescription(
    "BH-KIT-004", title: "the domain exists",
    requirement: "A domain that is named on the command line shall be one of the manifest's.",
    hazard: "Another domain than the one that was meant would run.",
    applicability: "`run --domain`.",
    example: "bulkhead run cockpit.yaml --domain clusster")
  /// A node that is named has to exist.
  public static let knownNode = RuleDescription(
    "BH-KIT-005", title: "the node exists",
    requirement: "A node that is named on the command line shall be one of the tree's, by path, label or alias.",
    hazard: "Another device than the one that was meant would be looked at.",
    applicability: "The verb devices.",
    example: "bulkhead devices qemu-virt /pl011@9000001")
  /// A name that two boards share shall mean the same.
  public static let sameDevice = RuleDescription(
    "BH-KIT-006", title: "a node has the same meaning on the other board",
    requirement: "A device that a manifest names should be of the same kind on a board that it is compared with.",
    hazard: "The domain would get a device that its drivers do not know, or that drives something else.",
    applicability: "`check --on`.",
    example: "devices: [ serial0 ]      # a PL011 here, an i.MX UART there")
  /// RAM that a manifest describes is its own board's.
  public static let ownMemory = RuleDescription(
    "BH-KIT-007", title: "the RAM of the manifest is the other board's as well",
    requirement: "`memory-banks:` shall lie in the RAM that the tree of the other board shows.",
    hazard: "Domains would be placed where that board has no memory.",
    applicability: "`check --on`, where that tree shows RAM.",
    example: "memory-banks: [{ base: 0x40000000, size: 2 GiB }]      # and the other board's RAM starts at 0")

  /// What is only judged cannot be built.
  public static let buildable = RuleDescription(
    "BH-KIT-008", title: "there is something to build",
    requirement: "Every domain of a manifest that is built shall have a kernel.",
    hazard: "A build that writes nothing would look like one that succeeded.",
    applicability: "The verb build; `board: generic` is also judged without kernels.",
    example: "bulkhead build generic-board.yaml      # and a domain has no kernel")

  /// All of them.
  public static let all = [
    readableInput, unexpected, emulated, knownDomain, knownNode, sameDevice, ownMemory, buildable,
  ]
}
