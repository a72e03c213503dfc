import Diagnostics

extension PartitionRules {
  static let memory = [noRAM, noRoom, noRoomForHypervisor, ungrantableMemory, noRoomForPristine]

  static let noRAM = RuleDescription(
    "BH-MEM-001", title: "the board's RAM is known",
    requirement: "The device tree or `memory-banks:` shall show RAM.",
    hazard: "Many trees leave RAM to the boot loader (165 of Debian's 577 have a memory node of size 0); a guess would "
      + "put domains where there is none.",
    applicability: "Every manifest whose tree has no usable memory node.",
    example: "board: generic\ndevice-tree: no-memory.dtb      # without memory-banks:")

  static let noRoom = RuleDescription(
    "BH-MEM-002", title: "there is room for every region",
    requirement:
      "RAM without reserved memory, device windows and fixed regions shall hold every region and channel in one "
      + "piece each.",
    hazard: "A region that is left out, or placed at address 0, leaves a domain without the memory it was promised.",
    example: "domains:\n  big: { memory: 64 GiB, … }      # on a board with 2 GiB")

  static let noRoomForHypervisor = RuleDescription(
    "BH-MEM-003", title: "there is room for the hypervisor",
    requirement:
      "RAM shall have room for the hypervisor at a multiple of 2 MiB, clear of reserved memory and of what the "
      + "boot loader uses.",
    hazard:
      "An image that is loaded over something else is overwritten, or overwrites it, before the first instruction.",
    example: "memory-banks: [ { base: 0x40000000, size: 1 MiB } ]")

  static let noRoomForPristine = RuleDescription(
    "BH-RST-001", title: "there is room for the pristine copy",
    requirement:
      "RAM shall have room for a second copy of the payloads of every domain that restarts, beside everything else, in "
      + "one piece for each domain.",
    hazard: "What the domain itself can write is no source that it could start from again.",
    applicability: "Domains with `on-fault: restart`.",
    example: "memory-banks: [ { base: 0x40000000, size: 1 GiB } ]\n"
      + "domains:\n  ivi: { on-fault: restart, memory: 1000 MiB, … }")

  static let ungrantableMemory = RuleDescription(
    "BH-MEM-004", title: "granted reserved memory has a place",
    requirement: "Every node under `reserved-memory:` shall be a child of /reserved-memory with a `reg`.",
    hazard:
      "Memory whose place is chosen at run time has no place when the tables are made, so the domain would not have it.",
    applicability: "Domains with `reserved-memory:`.",
    example: "reserved-memory: [ /reserved-memory/linux,cma ]      # has size but no reg")
}
