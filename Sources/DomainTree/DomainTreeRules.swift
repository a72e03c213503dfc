import Diagnostics

/// The rules that speak while a domain's device tree is made.
public enum DomainTreeRules {
  /// Every rule of this module.
  public static let all: [RuleDescription] = [
    writable, reference, interrupt, dmaTranslation, suspect, idleSwitching, ownTreeCPU, ownTreeMemory, ownTreeRegisters,
    ownTreeInterrupt,
    ownTreeHides,
  ]

  /// The tree can be written.
  static let writable = RuleDescription(
    "BH-GST-101", title: "a domain's tree can be written",
    requirement: "Every name and value of a domain's device tree shall be one that a flattened tree can hold.",
    hazard: "The domain would start without a device tree.",
    applicability: "Every domain whose device-tree is generated.",
    example: "set: { \"\": 1 }")

  /// References that lead out of the domain are left out.
  static let reference = RuleDescription(
    "BH-GST-102", title: "a copied node refers to hardware that the domain does not have",
    requirement: "A reference in a domain's tree shall lead to a node of that tree; another one is left out.",
    hazard:
      "The domain's driver waits for a clock or reset that it cannot reach, or leaves it as the boot loader left it.",
    applicability: "Every assigned device; a note, because hardware that one domain reaches stays as it was left.",
    example: "devices: [ /soc/serial@30860000 ]  # clocked by /soc/clock-controller@30380000", isWaivable: true)

  /// Interrupts that do not end at the GIC are left out.
  static let interrupt = RuleDescription(
    "BH-GST-103", title: "an interrupt of a copied node cannot be delivered",
    requirement: "An interrupt in a domain's tree shall end at the domain's GIC, or at a controller that it has.",
    hazard: "The domain's driver waits for an interrupt that never comes.",
    applicability: "Every assigned device.",
    example: "devices: [ /keys ]  # whose interrupts go to a GPIO controller that the domain does not have",
    isWaivable: true)

  /// A bus whose translation of DMA addresses cannot be copied.
  static let dmaTranslation = RuleDescription(
    "BH-GST-104", title: "a bus's translation of DMA addresses cannot be read",
    requirement: "The dma-ranges of the buses between an assigned DMA master and memory should be readable.",
    hazard: "A driver that takes a physical address for a DMA address makes the device write elsewhere.",
    applicability: "Every assigned DMA master below a bus with a dma-ranges property that is not empty.",
    example: "devices: [ /soc/dma-controller@7e007000 ]  # where dma-ranges of /soc end in the middle of a row",
    isWaivable: true)

  /// A property that may be a reference is copied.
  static let suspect = RuleDescription(
    "BH-GST-105", title: "a property that Bulkhead does not know may be a reference",
    requirement: "A property whose value is another node's phandle should be known as a reference or as a number.",
    hazard: "The driver looks for a node that the domain's tree does not have.",
    applicability: "Every assigned device; never followed, as small numbers are phandles of some node or other.",
    example: "devices: [ /soc/codec ]  # with vendor,companion = <&amplifier>, and the amplifier another domain's",
    isWaivable: true)

  /// Who drives a provider for others leaves on what they use.
  static let idleSwitching = RuleDescription(
    "BH-GST-106", title: "a domain that drives a provider for others leaves it on",
    requirement:
      "A domain that drives clocks, power domains or regulators of another domain's devices should not switch off those "
      + "that its own devices do not use.",
    hazard: "The other domain's device stops, seconds after the start.",
    applicability: "Every domain with an entry owned-by under providers: that another domain's devices reach.",
    example: "providers: { /soc/clock-controller@30380000: { policy: owned-by a, reason: \"…\" } }  # a runs Linux",
    isWaivable: true)

  /// A tree of one's own shows no other CPU.
  static let ownTreeCPU = RuleDescription(
    "BH-GST-111", title: "a domain's own tree shows a CPU that it does not have",
    requirement: "Every CPU in a domain's own tree shall be numbered below the number of its CPUs.",
    hazard: "The domain waits for a CPU that never comes.",
    applicability: "Every domain with device-tree.",
    example: "cpus: [1]\ndevice-tree: two-cpus.dtb")

  /// A tree of one's own shows no other memory.
  static let ownTreeMemory = RuleDescription(
    "BH-GST-112", title: "a domain's own tree shows memory that it does not have",
    requirement: "Memory in a domain's own tree shall be memory of the domain, by guest address.",
    hazard: "The domain's kernel is stopped by its first access there.",
    applicability: "Every domain with device-tree.",
    example: "memory: 64 MiB\ndevice-tree: 128-megabytes.dtb")

  /// A tree of one's own shows no other registers.
  static let ownTreeRegisters = RuleDescription(
    "BH-GST-113", title: "a domain's own tree shows registers that it does not have",
    requirement:
      "Registers in a domain's own tree shall lie in its devices, its virtual GIC, its console or its channels.",
    hazard: "The domain's driver is stopped by its first access there.",
    applicability: "Every domain with device-tree.",
    example: "devices: []\ndevice-tree: with-an-rtc.dtb")

  /// A tree of one's own shows no other interrupts.
  static let ownTreeInterrupt = RuleDescription(
    "BH-GST-114", title: "a domain's own tree shows an interrupt that it does not have",
    requirement: "Interrupts in a domain's own tree shall be those of its devices, its console and the timer.",
    hazard: "The domain's driver waits for an interrupt that never comes.",
    applicability: "Every domain with device-tree.",
    example: "device-tree: interrupt-written-as-intid.dtb")

  /// A tree of one's own shows everything.
  static let ownTreeHides = RuleDescription(
    "BH-GST-115", title: "a domain's own tree hides something that it has",
    requirement: "A domain's own tree should show every CPU, memory region and device of the domain.",
    hazard: "What was taken from the other domains lies idle.",
    applicability: "Every domain with device-tree.",
    example: "devices: [ /pl031@9010000 ]\ndevice-tree: without-an-rtc.dtb", isWaivable: true)
}
