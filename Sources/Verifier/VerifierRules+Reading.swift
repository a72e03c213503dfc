import Diagnostics

extension VerifierRules {
  /// What has to hold before a claim can be looked at.
  static let reading = [
    container, partitionTable, header, loadMap, agreement, hashes, walkable, streamTable, colouredImage,
  ]

  static let container = RuleDescription(
    "BH-VER-001", title: "container can be read",
    requirement: "The image shall be a whole container of a kind that `build` writes: its segments shall not overlap.",
    hazard: "What a boot loader would put into memory cannot be told, so that nothing can be proved about it.",
    applicability: "Every image that is verified.",
    example: "bulkhead verify build/cockpit   # image.elf was cut short")

  static let partitionTable = RuleDescription(
    "BH-VER-002", title: "partition table can be read",
    requirement: "The partition table shall be as its format says to the last byte: version, sizes and offsets, every "
      + "record used once, and nothing but zeros where nothing stands.",
    hazard: "The hypervisor would run on numbers that mean something else than what was checked.",
    applicability: "Every image that is verified.",
    example: "bulkhead verify build/cockpit   # a CPU record was given to a domain that does not list it")

  static let header = RuleDescription(
    "BH-VER-003", title: "hypervisor's header can be read",
    requirement: "The headers at the start of the hypervisor's image shall be as their formats say, and for the "
      + "address at which the image is loaded.",
    hazard: "A boot loader would start something else, or the hypervisor would look for its tables somewhere else.",
    applicability: "Every image that is verified.",
    example: "bulkhead verify build/cockpit   # hypervisor.img was built for another address")

  static let loadMap = RuleDescription(
    "BH-VER-004", title: "load map can be read",
    requirement: "`load-map.json` shall name ordinary files of its own folder, and memory of their own for each.",
    hazard: "What was checked would not be what a boot loader loads.",
    applicability: "Every output folder that is verified.",
    example: "\"file\": \"../other/hypervisor.img\"")

  static let agreement = RuleDescription(
    "BH-VER-005", title: "every container of a folder puts the same into memory",
    requirement: "`image.elf`, `single.img` and the FIT image shall put the same bytes at the same addresses as the "
      + "pieces of the load map, and nothing else.",
    hazard: "What was proved of one file would not hold for the one that is flashed.",
    applicability: "Every output folder that is verified, for the containers that it has.",
    example: "bulkhead verify build/cockpit   # image.elf is of an earlier build")

  static let hashes = RuleDescription(
    "BH-VER-006", title: "every hash is that of the bytes",
    requirement: "Each SHA-256 in the load map and in the FIT image shall be that of the bytes that it stands for.",
    hazard: "Files were damaged or exchanged after the build.",
    applicability: "Every output folder that is verified, unless `--no-hashes` is given.",
    example: "bulkhead verify build/cockpit   # a payload was exchanged after the build")

  static let streamTable = RuleDescription(
    "BH-VER-153", title: "stream tables can be found",
    requirement: "Each SMMU record shall lead to a stream table with all its entries in the hypervisor's memory.",
    hazard: "What a device can reach is decided by memory that is no stream table.",
    applicability: "Images with an SMMU that the hypervisor programs.",
    example: "bulkhead verify build/dma   # the address of a stream table was changed")

  static let walkable = RuleDescription(
    "BH-VER-007", title: "translation tables can be found",
    requirement:
      "TTBR0_EL2 and TCR_EL2, and each domain's VTTBR_EL2 and VTCR_EL2, shall name a root in the hypervisor's "
      + "memory, for a 4 KiB granule and a first lookup at level 0 or 1.",
    hazard: "What EL2 or the domain can reach is decided by memory that is no translation table.",
    applicability: "Every image that is verified.",
    example: "bulkhead verify build/cockpit   # VTTBR_EL2 of a domain was changed")

  static let colouredImage = RuleDescription(
    "BH-VER-170", title: "the hypervisor starts on a page of its colours",
    requirement:
      "Where the manifest gives the hypervisor cache colours, it shall be loaded in whole pages, the first of which "
      + "is of its lowest colour.",
    hazard: "Which pages are the hypervisor's own could not be told, and none of its tables be read.",
    applicability: "Images of manifests with `hypervisor: { colours: … }`.",
    example: "bulkhead verify build/cockpit --manifest other.yaml   # whose hypervisor has other colours")
}
