import Diagnostics

/// Rules on keys that need each other, and on names that refer to each other.
extension ManifestRules {
  static let references = [
    unknownDomain, channelPages, writerReads, channelKeys, stopSystem, restart, unprotectedReason, waiverRule,
    notWaivable, backendSection, genericTree, kernel, powerControl, providerRates,
  ]

  static let unknownDomain = RuleDescription(
    "BH-MAN-018", title: "domains that exist",
    requirement: "Every name of a domain in `channels`, `expect` and `providers` shall be a key under `domains:`.",
    hazard: "A channel to nobody is memory that one domain writes and nobody reads, unnoticed.",
    example: "channels:\n  speed: { size: 4 KiB, writer: clutser, readers: [infotainment] }")

  static let channelPages = RuleDescription(
    "BH-MAN-019", title: "channels are whole pages",
    requirement: "The size of a channel shall be a multiple of 4 KiB.",
    hazard: "Stage 2 maps whole pages: the rest of the last page would be shared without anybody having said so.",
    applicability: "`channels:`; a domain's memory has a rule of its own.",
    example: "channels:\n  speed: { size: 100, writer: cluster, readers: [infotainment] }")

  static let writerReads = RuleDescription(
    "BH-MAN-020", title: "a channel has two sides",
    requirement: "The writer of a channel shall not be among its readers, nor the server of a disk its client.",
    hazard: "The same pages would be mapped twice into one domain, with different rights.",
    applicability: "`channels:`.",
    example: "channels:\n  speed: { size: 4 KiB, writer: cluster, readers: [cluster] }")

  static let channelKeys = RuleDescription(
    "BH-MAN-021", title: "keys that belong to the kind of channel",
    requirement:
      "A channel of kind `memory` shall have `writer` and `readers`; one of kind `virtio-block` `server` and "
      + "`client`.",
    hazard: "A reader that is written down and not in force would wait for data for ever.",
    applicability: "`channels:`.",
    example: "channels:\n  disk: { kind: virtio-block, size: 1 MiB, server: a, client: b, writer: a }")

  static let stopSystem = RuleDescription(
    "BH-MAN-022", title: "only the most critical may stop the system",
    requirement: "`on-fault: stop-system` shall stand only in domains of the highest criticality present.",
    hazard: "A fault in an entertainment system would stop the instrument cluster.",
    applicability: "Domains; one without `criticality` counts as QM.",
    example: "domains:\n  cluster: { criticality: ASIL-B, cpus: [0], memory: 64 MiB }\n"
      + "  radio: { criticality: QM, on-fault: stop-system, cpus: [1], memory: 64 MiB }")

  static let restart = RuleDescription(
    "BH-MAN-023", title: "restart limits need a restart",
    requirement: "A section `restart` shall stand only beside `on-fault: restart`.",
    hazard: "A reader would believe that the domain restarts, and it halts.",
    applicability: "Domains.",
    example: "domains:\n  cluster: { on-fault: halt, restart: { limit: 3, within: 10 s }, cpus: [0], memory: 64 MiB }")

  static let unprotectedReason = RuleDescription(
    "BH-MAN-024", title: "unprotected DMA needs a reason",
    requirement: "`dma: unprotected` shall have a `reason`.",
    hazard: "Such a device reaches the memory of every domain; nobody could tell later why that was accepted.",
    applicability: "Entries of `devices:`; a reason that nothing needs is a warning.",
    example: "devices: [{ path: /soc/ethernet@30be0000, dma: unprotected }]")

  static let waiverRule = RuleDescription(
    "BH-MAN-025", title: "waivers name a rule",
    requirement: "The `rule` of a waiver shall be the id of a rule.",
    hazard: "A waiver for no rule reads like an accepted risk and accepts nothing.",
    applicability: "`waivers:`.",
    example: "waivers:\n  - { rule: BH-MEM-999, subject: domains.a, reason: \"…\", approved-by: \"…\" }")

  static let notWaivable = RuleDescription(
    "BH-MAN-026", title: "what keeps owners apart cannot be waived",
    requirement: "A waiver shall not name a rule that keeps two owners apart.",
    hazard: "Two domains would share a resource, and the certificate would say that they do not.",
    applicability: "`waivers:`; `bulkhead explain RULE` says whether a rule can be waived.",
    example: "waivers:\n  - { rule: BH-MAN-016, subject: domains.A, reason: \"…\", approved-by: \"…\" }")

  static let backendSection = RuleDescription(
    "BH-MAN-030", title: "the section of the backend",
    requirement: "The section `xen` shall stand in a manifest only if its backend is `xen`.",
    hazard: "Images for another hypervisor than the one that was meant would be built.",
    example: "xen: { image: xen, config: xen.config }   # and no `backend: xen`")

  static let genericTree = RuleDescription(
    "BH-MAN-031", title: "a generic board needs its tree",
    requirement: "A manifest with `board: generic` shall name a `device-tree`.",
    hazard: "There would be no hardware to judge.",
    applicability: "`board: generic`; the other boards bring a tree along.",
    example: "board: generic   # and no device-tree")

  static let kernel = RuleDescription(
    "BH-MAN-032", title: "a domain has something to run",
    requirement: "A domain shall name a `kernel`; `load` and `entry` shall not stand without one.",
    hazard: "The domain's first CPU would start in empty memory.",
    applicability: "Domains; with `board: generic`, which judges ownership alone, the kernel may be left out.",
    example: "domains:\n  cluster: { cpus: [0], memory: 64 MiB }")

  static let powerControl = RuleDescription(
    "BH-MAN-033", title: "PSCI stays with EL2",
    requirement: "`smc:` shall not cover PSCI's function ids, 0x84000000 to 0x8400001F and 0xC4000000 to 0xC400001F "
      + "(Arm DEN 0022, DEN 0028), nor these with other values of bits 23:16, which firmware may ignore; nor the Arm "
      + "architecture's, 0x80000000 to 0x80FFFFFF and 0xC0000000 to 0xC0FFFFFF.",
    hazard: "A domain could start code outside its memory and switch off CPUs and the whole board. What the "
      + "architecture's calls say would be the hardware's answer and not the domain's.",
    applicability: "`smc:` of a domain.",
    example: "smc: [0x84000000..0x8400001F]")

  static let providerRates = RuleDescription(
    "BH-MAN-034", title: "rates that are kept",
    requirement: "`rates` shall not stand beside `policy: firmware`.",
    hazard: "A device's driver would rely on a clock rate that firmware changes.",
    applicability: "`providers:`.",
    example: "providers:\n  /soc/clock@100: { policy: firmware, rates: { 31: 100000000 } }")
}
