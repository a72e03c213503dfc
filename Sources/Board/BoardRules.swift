import DeviceTree
import Diagnostics

/// What Bulkhead asks of a board's description and its device tree.
public enum BoardRules {
  /// Every rule of this module.
  public static let all: [RuleDescription] = [
    unreadableFile, damagedTree, noInterruptController, noCPU, unknownBoard, malformedDescription, malformedTree,
    describesItsTree, triedTree,
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

  static let describesItsTree = RuleDescription(
    "BH-DT-008", title: "board.yaml names nodes of its tree",
    requirement: "The nodes under `enabled` and `qemu: serial` of a board's board.yaml shall be nodes of its tree.",
    hazard: "A device would be looked for that is not there, or a domain's output be shown under another's name.",
    applicability: "Folders under boards/.", example: "qemu: { arguments: [-M, virt], serial: [/uart@9000000] }")

  /// A board's tree that differs from the one that the board was tried with.
  public static let triedTree = RuleDescription(
    "BH-DT-009", title: "the board's tree is the one that was tried",
    requirement: "A tree from a package or from the emulator shall have the SHA-256 that board.yaml states.",
    hazard:
      "A newer package or emulator describes the board in another way than when it was tried: devices may have moved, or "
      + "gained needs that nobody looked at.",
    applicability: "Folders under boards/ whose `device-tree` has a `sha256`.",
    example: "device-tree: { package: linux-image-arm64, file: freescale/imx8mp-evk.dtb, sha256: 00… }")
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
    return findings + strangersInDescription
  }

  /// Nodes that `board.yaml` names and the tree does not have.
  private var strangersInDescription: [Finding] {
    let enabled = description.enabledNodes.map { ("enabled", $0.path) }
    let lines = description.emulator?.serialLines.map { ("qemu: serial", $0) } ?? []
    return (enabled + lines).filter { tree.node(at: $0.1) == nil }.map { key, path in
      Finding(
        BoardRules.describesItsTree, .error,
        "boards/\(name)/board.yaml names \(Quotation.quoted(path)) under `\(key)`, which \(treeFile) does not have",
        subjects: [path, name], resource: ResourceReference(.dependency, path),
        help: Suggestions.help(for: path, among: tree.nodes.map(\.path))
          ?? "name nodes by their full path, as `bulkhead devices \(name)` prints them")
    }
  }
}
