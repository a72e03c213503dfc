import Diagnostics

extension PartitionRules {
  static let hardware = [
    unknownCPU, unknownNode, nothingToAssign, unassignableNode, unusableConsole, noUARTForConsole,
  ]

  static let unknownCPU = RuleDescription(
    "BH-CPU-001", title: "CPUs exist",
    requirement:
      "Every entry of `cpus:` shall name a CPU of the board, by its position among the CPUs of the device tree or "
      + "by its node.",
    hazard: "A domain with more CPUs than there are waits for one that never answers.",
    example: "cpus: [0, 4]      # on a board with four CPUs, 0 to 3")

  /// Nodes that a manifest names exist.
  public static let unknownNode = RuleDescription(
    "BH-DEV-001", title: "nodes exist",
    requirement:
      "Every node that `devices`, `reserved-memory`, `disabled`, `providers` and `hypervisor: console` name shall exist in the "
      + "device tree.",
    hazard:
      "A device that is misspelt is silently not there, or the neighbour that should have been disabled still is.",
    example: "devices: [ /pl011@9000001 ]      # the node is /pl011@9000000")

  static let nothingToAssign = RuleDescription(
    "BH-DEV-002", title: "an assigned node is hardware",
    requirement:
      "An entry of `devices:` shall have, itself or through enabled nodes below it, registers on the CPUs' address "
      + "map, interrupts or DMA streams.",
    hazard: "A sensor on an I2C bus has no registers that could be given to a domain; only its controller does.",
    example: "devices: [ /soc/i2c@30a20000/pmic@25 ]")

  static let unassignableNode = RuleDescription(
    "BH-DEV-003", title: "EL2's hardware stays with EL2",
    requirement:
      "No entry of `devices:` shall name or bring along the interrupt controller, an SMMU, a timer, CPUs, RAM, "
      + "debug hardware or the firmware's interface.",
    hazard:
      "A domain that drives one of these reaches every other domain: an SMMU opens all memory to DMA, a redistributor "
      + "writes its tables wherever it is told to.",
    example: "devices: [ /intc@8000000 ]")

  static let unusableConsole = RuleDescription(
    "BH-DEV-004", title: "the hypervisor's UART is usable",
    requirement: "`hypervisor: console` shall name an enabled device with registers.",
    hazard: "The hypervisor would print to nowhere, and a fault would pass in silence.",
    applicability: "Manifests with `hypervisor: console`.",
    example: "hypervisor: { console: /timer }")

  static let noUARTForConsole = RuleDescription(
    "BH-GST-001", title: "a virtual console needs a real one",
    requirement: "Where a domain has `console: virtual`, the hypervisor shall have a UART with an interrupt.",
    hazard: "Everything the domain prints would be lost.",
    applicability: "Domains with `console: virtual`.",
    example: "domains:\n  a: { devices: [ /pl011@9000000 ], … }      # the only UART\n  b: { console: virtual, … }")
}
