import Diagnostics

/// The rules that speak while a domain's device tree is made.
public enum DomainTreeRules {
  /// Every rule of this module.
  public static let all: [RuleDescription] = [writable, reference, interrupt, dmaTranslation]

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
    requirement:
      "A reference in a domain's tree shall lead to a node of that tree; a property with another one is left out.",
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

  /// A bus that translates DMA addresses is not copied.
  static let dmaTranslation = RuleDescription(
    "BH-GST-104", title: "a bus translates DMA addresses",
    requirement: "The buses between an assigned DMA master and memory should not translate addresses (dma-ranges).",
    hazard: "A driver that takes a physical address for a DMA address makes the device write elsewhere.",
    applicability: "Every assigned device below a bus with a dma-ranges property that is not empty.",
    example: "devices: [ /soc/dma-controller@7e007000 ]  # on a Raspberry Pi", isWaivable: true)
}
