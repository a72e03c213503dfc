import DeviceTree
import Diagnostics

/// What Bulkhead asks of a board's description and its device tree.
public enum BoardRules {
  /// Every rule of this module.
  public static let all: [RuleDescription] = [
    unreadableFile, damagedTree, noInterruptController, noCPU, unknownBoard, malformedDescription, malformedTree,
  ]

  static let unreadableFile = RuleDescription(
    "BH-DT-001", title: "device tree can be read",
    requirement: "The device-tree file that a manifest or a board names shall exist and be readable.",
    hazard:
      "Without the tree nothing is known about the hardware; a guess would put domains on memory that is not there.",
    example: "board: generic\ndevice-tree: no-such-file.dtb")

  static let damagedTree = RuleDescription(
    "BH-DT-002", title: "device tree is a whole flattened tree",
    requirement: "The device-tree file shall be a complete flattened device tree of format version 16 or 17.",
    hazard: "A truncated or damaged tree describes hardware that is not there, or leaves some out.",
    example: "board: generic\ndevice-tree: board.dts   # source text, not a compiled tree")

  static let noInterruptController = RuleDescription(
    "BH-DT-003", title: "board has a GIC",
    requirement: "The tree shall have an enabled Arm Generic Interrupt Controller, version 2 or 3.",
    hazard: "Interrupts could neither be given to one domain nor kept from the others.",
    example: "board: generic\ndevice-tree: bcm2837-rpi-3-b.dtb   # its interrupt controllers are Broadcom's own")

  static let noCPU = RuleDescription(
    "BH-DT-004", title: "board has CPUs",
    requirement: "The tree shall have at least one enabled CPU with an affinity under /cpus.",
    hazard: "No domain could run.", example: "board: generic\ndevice-tree: overlay.dtb   # a tree without /cpus")

  static let unknownBoard = RuleDescription(
    "BH-DT-005", title: "board is known",
    requirement: "`board` shall name a folder under boards/, or be `generic`.",
    hazard: "A misspelt board would be planned for other hardware.", example: "board: qemu-vrit")

  static let malformedDescription = RuleDescription(
    "BH-DT-006", title: "board.yaml is well formed",
    requirement: "A board's board.yaml shall have the keys and values that boards/README.md describes.",
    hazard: "A misread loader range or address size would let a domain be loaded over the boot loader.",
    applicability: "Folders under boards/.", example: "summary: my board\nimage-bse: 0x40000000")

  /// For `Board.faults`: raised by whoever knows what an assigned node, a used CPU or used RAM reaches.
  public static let malformedTree = RuleDescription(
    "BH-DT-007", title: "used parts of the tree are well formed",
    requirement: "What an assigned node, a used CPU or used RAM reaches in the tree shall be well formed: registers "
      + "within the ranges of the buses above, interrupts that an interrupt controller has, references to nodes that exist.",
    hazard: "The addresses, interrupts and providers of the device are not those that the tree seems to say.",
    applicability: "Every manifest; malformed parts that nothing reaches are notes.",
    example: "domains: { a: { devices: [/bus@f4000/interrupt-controller@a00000] } }")
}

extension Board {
  /// What makes the board unusable whatever a manifest says.
  public var findings: [Finding] {
    var findings: [Finding] = []
    if interruptController == nil {
      findings.append(
        Finding(
          BoardRules.noInterruptController, .error,
          "\(treeFile) has no enabled GIC (version 2 or 3) that Bulkhead knows",
          subjects: ["board"], resource: ResourceReference(.interruptController),
          help: "use a tree whose interrupt controller is compatible with arm,gic-v3, arm,gic-400 or a relative of them"
        ))
    }
    if !cpus.contains(where: \.isEnabled) {
      let found = cpus.isEmpty ? "no CPU" : "\(cpus.count) CPUs, none of them enabled"
      findings.append(
        Finding(
          BoardRules.noCPU, .error, "\(treeFile) has \(found) under /cpus", subjects: ["board"],
          resource: ResourceReference(.cpu),
          help: "use the board's complete tree, with cpu nodes of device_type \"cpu\" below /cpus"))
    }
    return findings
  }
}
