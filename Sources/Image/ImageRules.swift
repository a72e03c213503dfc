import Diagnostics

/// The rules that speak while an image is made.
public enum ImageRules {
  /// Every rule of this module.
  public static let all: [RuleDescription] = [
    runtime, memory, tables, addressSize, hardware, limits, payload, placement, treeSlot, output,
    mkimage, uBootMemory, signingKey, hypervisorRuns, pieceCount,
  ]

  /// The runtime's ELF is what the compiler expects.
  static let runtime = RuleDescription(
    "BH-IMG-001", title: "the runtime can be used",
    requirement:
      "The runtime shall be a position-independent AArch64 executable that carries the runtime header of this version.",
    hazard: "A runtime that reads the partition table by another layout starts domains at random addresses.",
    applicability: "Every build with backend bulkhead.",
    example: "make build with a runtime that was left over from another version of the sources")

  /// EL2 fits into its memory.
  static let memory = RuleDescription(
    "BH-IMG-002", title: "the hypervisor fits into its memory",
    requirement: "The hypervisor's memory shall hold its code, data, tables, states and stacks.",
    hazard: "What does not fit would lie in a domain's memory, and the domain could change it.",
    applicability: "Every build with backend bulkhead.",
    example: "hypervisor: { memory: 4 KiB }")

  /// Colours leave together what has to be.
  static let hypervisorRuns = RuleDescription(
    "BH-COL-010", title: "the hypervisor's colours leave its roots in one piece",
    requirement:
      "The head of the partition table with the CPU records, and every root of translation tables, shall each be "
      + "in one run of the hypervisor's pages.",
    hazard:
      "A CPU whose MMU is off, and every table walker, reads on at the next physical address: another owner's page.",
    applicability: "Builds with `hypervisor: { colours: … }`.",
    example: "hypervisor: { colours: [0, 2] }      # with 64 CPUs, whose records take more than a page")

  /// What is scattered can be listed.
  static let pieceCount = RuleDescription(
    "BH-COL-011", title: "coloured payloads come in few enough runs",
    requirement:
      "The payloads of coloured domains shall lie in at most \(PieceList.mostPieces) runs of pages in all, and in "
      + "at most \(PieceList.mostSigned) where a FIT image is signed.",
    hazard: "ELF counts segments, and U-Boot what a signature covers, in fields that would overflow.",
    applicability: "Builds of domains with `colours:`.",
    example: "colours: [0]\nkernel: Image      # of 300 MiB: 76,800 pages, each a run of its own")

  /// Every mapping can be expressed.
  static let tables = RuleDescription(
    "BH-IMG-003", title: "translation tables can express the plan",
    requirement: "Every mapping of the plan shall be whole pages, within the tables' addresses, and mapped once.",
    hazard: "A mapping that is silently dropped or merged gives a domain other memory than the plan says.",
    applicability: "Every build with backend bulkhead; the memory rules refuse such plans before.",
    example: "memory: [{ size: 4 KiB, base: 0x1000000000000 }]")

  /// Guest addresses fit the CPU.
  static let addressSize = RuleDescription(
    "BH-IMG-004", title: "guest addresses fit the CPUs",
    requirement:
      "No guest address shall need more bits than the CPUs have physical address bits (Arm DDI 0487, VTCR_EL2.T0SZ).",
    hazard: "Stage 2 faults on every access, or ignores the upper bits.",
    applicability: "Every build with backend bulkhead.",
    example: "memory: [{ size: 1 MiB, guest: 0x800000000000 }]")

  /// The board has what EL2 drives.
  static let hardware = RuleDescription(
    "BH-IMG-005", title: "the board has what EL2 drives",
    requirement:
      "The board shall have a GICv3, the timer's and the maintenance interrupt, PSCI by SMC and, for a console, a PL011.",
    hazard: "EL2 could not start, stop or interrupt a domain.",
    applicability: "Every build with backend bulkhead.",
    example: "board: generic  # with a tree that has no interrupt controller")

  /// The format can say it.
  static let limits = RuleDescription(
    "BH-IMG-006", title: "the partition table can say it",
    requirement: "Domains, CPUs, memory regions and interrupts shall stay within the limits of the partition table.",
    hazard: "A number that is cut off names another domain's resource.",
    applicability: "Every build with backend bulkhead; the limit rules refuse such plans before.",
    example: "domains: { … }  # 17 of them")

  /// A payload is what the plan saw.
  static let payload = RuleDescription(
    "BH-IMG-007", title: "payloads are what was planned",
    requirement: "Every payload shall be readable and as long as it was when the plan was made.",
    hazard: "A shortened kernel runs into whatever was in memory before it.",
    applicability: "Every build.",
    example: "kernel: build/cluster.bin  # replaced while bulkhead build runs")

  /// Pieces have a place of their own.
  static let placement = RuleDescription(
    "BH-IMG-008", title: "pieces do not meet in memory",
    requirement: "No piece that is loaded shall overlap another one or memory that the boot loader works in.",
    hazard: "The boot loader overwrites part of a domain, or of the hypervisor, with another.",
    applicability: "Every build; the memory rules refuse such plans before.",
    example: "memory: [{ size: 64 MiB, base: 0x48000000 }]  # where QEMU puts its own device tree")

  /// A tree fits its slot.
  static let treeSlot = RuleDescription(
    "BH-IMG-009", title: "a domain's tree fits its place",
    requirement: "The device tree made for a domain shall fit the memory that the plan set aside for it.",
    hazard: "The end of the tree overwrites what follows it.",
    applicability: "Every build with backend bulkhead.",
    example: "set: { description: \"…\" }  # hundreds of kilobytes")

  /// The folder can be written.
  static let output = RuleDescription(
    "BH-IMG-010", title: "the output folder can be written",
    requirement:
      "The output folder shall be writable, and shall not be a file or a folder that is not an earlier output.",
    hazard: "A build that replaces a folder of something else destroys it.",
    applicability: "Every build.",
    example: "bulkhead build cockpit.yaml -o /etc")

  /// U-Boot's tool works.
  static let mkimage = RuleDescription(
    "BH-IMG-011", title: "mkimage makes the FIT image",
    requirement: "U-Boot's mkimage shall be on the PATH and make the FIT image and the script without an error.",
    hazard: "An image that was made in part may start with a part of it missing.",
    applicability: "Builds with --fit.",
    example: "PATH=/nowhere bulkhead build cockpit.yaml --fit")

  /// U-Boot's places are free.
  static let uBootMemory = RuleDescription(
    "BH-IMG-012", title: "U-Boot and the FIT image have places of their own in RAM",
    requirement:
      "No piece shall go where U-Boot itself works, and RAM shall have one free run for the FIT image and the tree that "
      + "bootm asks for.",
    hazard: "While U-Boot puts a piece in its place it overwrites itself, or a piece that it has yet to move.",
    applicability: "Builds with --fit.",
    example: "memory: [{ size: 64 MiB, base: 0xBC000000 }]  # the end of RAM, with an initrd at its end")

  /// The key can sign.
  static let signingKey = RuleDescription(
    "BH-IMG-013", title: "the signing key can be used",
    requirement: "The key folder shall hold NAME.key, an unencrypted RSA key of 2048, 3072 or 4096 bits, and NAME.crt.",
    hazard: "An image that is signed with another key than the one that was meant starts where it should not.",
    applicability: "Builds with --sign.",
    example: "bulkhead build cockpit.yaml --sign keys:nobody")
}
