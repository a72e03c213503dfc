import Diagnostics

extension PartitionRules {
  static let payloads = [
    unreadablePayload, emptyPayload, foreignPayload, bigEndianPayload, malformedPayload, needlessAddress,
    noRoomForPayload,
  ]

  static let unreadablePayload = RuleDescription(
    "BH-PAY-001", title: "files exist",
    requirement:
      "Every file that `kernel`, `initrd`, `files` and `device-tree` name shall be a regular file that can be read.",
    hazard: "A domain without its kernel runs whatever was in memory.",
    example: "kernel: build/clsuter.bin")

  static let emptyPayload = RuleDescription(
    "BH-PAY-002", title: "files are not empty",
    requirement: "Every payload shall have at least one byte.",
    hazard: "An interrupted build leaves an empty file; the domain would start in whatever was in memory.",
    example: "kernel: empty.bin")

  static let foreignPayload = RuleDescription(
    "BH-PAY-003", title: "files are what they are used for",
    requirement:
      "A kernel shall be an uncompressed arm64 Image, an ELF executable for AArch64, or raw code; an initrd shall "
      + "not be a program, a device tree or wrapped for U-Boot.",
    hazard:
      "Nothing unpacks or translates a payload before the domain starts: a compressed or foreign kernel is executed as "
      + "if it were arm64 code.",
    example: "kernel: Image.gz")

  static let bigEndianPayload = RuleDescription(
    "BH-PAY-004", title: "kernels are little-endian",
    requirement: "A kernel shall be little-endian.",
    hazard:
      "A domain starts with little-endian data accesses, and its device tree tells nobody otherwise: a big-endian kernel "
      + "misreads its first word.",
    example: "kernel: Image      # built with CONFIG_CPU_BIG_ENDIAN")

  static let malformedPayload = RuleDescription(
    "BH-PAY-005", title: "headers agree with the file",
    requirement:
      "The headers of a kernel or cpio archive shall be whole and free of contradictions, and shall not speak of "
      + "bytes that the file does not have.",
    hazard: "A truncated kernel runs until it reaches the missing part.",
    example: "kernel: half-copied-Image")

  static let needlessAddress = RuleDescription(
    "BH-PAY-006", title: "load and entry are for raw code",
    requirement: "`load` and `entry` shall not stand beside a kernel that says itself where it belongs.",
    hazard: "One of the two addresses would be ignored, and a reader of the manifest would believe the wrong one.",
    applicability: "Kernels that are an arm64 Image or an ELF file.",
    example: "kernel: Image\nload: 0x40080000")

  static let noRoomForPayload = RuleDescription(
    "BH-PAY-007", title: "payloads fit into memory",
    requirement:
      "The first memory region of a domain shall hold its kernel with all it zeroes (image_size), its device tree "
      + "and its initrd beside each other, clear of what the boot loader uses.",
    hazard: "A kernel that clears its BSS over its device tree or initrd fails without a word.",
    example: "memory: 16 MiB\nkernel: Image      # needs 32 MiB")
}
