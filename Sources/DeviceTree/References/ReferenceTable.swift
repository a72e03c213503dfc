/// Which properties refer to other nodes, and how.
///
/// The general part is the devicetree specification's and the kernel's common bindings; the vendors' part
/// (`ReferenceTable+Vendors`) was collected from the trees of shipped boards.
enum ReferenceTable {
  /// Properties of one name each.
  static let exact: [String: (ReferenceKind, ReferenceForm)] = general.merging(vendors) { first, _ in first }

  /// Kind and form of a property; `nil` if it is no reference, or not known as one.
  static func entry(for name: String, in node: Node) -> (ReferenceKind, ReferenceForm)? {
    if let entry = exact[name] {
      // A hogged GPIO belongs to the node's own parent: lines and flags without a phandle.
      return name == "gpios" && node.has("gpio-hog") ? nil : entry
    }
    if name.hasSuffix("-supply") { return (.regulator, .bare) }
    if name.hasSuffix("-gpios") || name.hasSuffix("-gpio") {
      return name.hasSuffix("nr-gpios") ? nil : (.gpio, .counted("#gpio-cells"))
    }
    if name.hasPrefix("pinctrl-"), name.dropFirst(8).allSatisfy(\.isNumber) { return (.pinState, .bare) }
    return nil
  }

  private static let general: [String: (ReferenceKind, ReferenceForm)] = [
    "clocks": (.clock, .counted("#clock-cells")),
    "assigned-clocks": (.clock, .counted("#clock-cells")),
    "assigned-clock-parents": (.clock, .counted("#clock-cells")),
    "resets": (.reset, .counted("#reset-cells")),
    "power-domains": (.powerDomain, .counted("#power-domain-cells")),
    "dmas": (.dmaChannel, .counted("#dma-cells")),
    "mboxes": (.mailbox, .counted("#mbox-cells")),
    "phys": (.phy, .counted("#phy-cells")),
    "usb-phy": (.phy, .bare),
    "pwms": (.pwm, .counted("#pwm-cells")),
    "iommus": (.iommu, .counted("#iommu-cells")),
    "iommu-map": (.iommu, .map),
    "msi-parent": (.messageInterrupt, .countedOrBare("#msi-cells")),
    "msi-map": (.messageInterrupt, .map),
    "interconnects": (.interconnect, .counted("#interconnect-cells")),
    "io-channels": (.ioChannel, .counted("#io-channel-cells")),
    "hwlocks": (.hardwareLock, .counted("#hwlock-cells")),
    "thermal-sensors": (.thermalSensor, .counted("#thermal-sensor-cells")),
    "cooling-device": (.coolingDevice, .counted("#cooling-cells")),
    "sound-dai": (.sound, .counted("#sound-dai-cells")),
    "dais": (.sound, .bare),
    "audio-aux-devs": (.sound, .bare),
    "mux-controls": (.mux, .countedOrBare("#mux-control-cells")),
    "gpios": (.gpio, .counted("#gpio-cells")),
    "gpio": (.gpio, .counted("#gpio-cells")),
    "gpio-ranges": (.gpioRange, .fixed(3)),
    "trigger-sources": (.gpio, .countedOrBare("#trigger-source-cells")),
    "memory-region": (.memoryRegion, .bare),
    "sram": (.sram, .bare),
    "shmem": (.sram, .bare),
    "nvmem": (.nonVolatileMemory, .bare),
    "nvmem-cells": (.nonVolatileMemory, .countedOrBare("#nvmem-cell-cells")),
    "phy-handle": (.ethernetPHY, .bare),
    "phy": (.ethernetPHY, .bare),
    "pcs-handle": (.ethernetPHY, .bare),
    "pcsphy-handle": (.ethernetPHY, .bare),
    "sfp": (.ethernetPHY, .bare),
    "ethernet": (.companion, .bare),
    "operating-points-v2": (.operatingPoints, .bare),
    "required-opps": (.operatingPoints, .bare),
    "cpu-idle-states": (.idleState, .bare),
    "domain-idle-states": (.idleState, .bare),
    "next-level-cache": (.cache, .bare),
    "l2-cache": (.cache, .bare),
    "cpu": (.cpu, .bare),
    "cpus": (.cpu, .bare),
    "interrupt-affinity": (.cpu, .bare),
    "affinity": (.cpu, .bare),
    "remote-endpoint": (.graph, .bare),
    "ports": (.graph, .bare),
    "backlight": (.display, .bare),
    "panel": (.display, .bare),
    "ddc-i2c-bus": (.bus, .bare),
    "i2c-bus": (.bus, .bare),
    "i2c-parent": (.bus, .bare),
    "mdio-parent-bus": (.bus, .bare),
    "power-supplies": (.regulator, .bare),
    "monitored-battery": (.configuration, .bare),
    "mmc-pwrseq": (.companion, .bare),
    "extcon": (.companion, .bare),
    "leds": (.companion, .bare),
    "peer-hub": (.companion, .bare),
    "devfreq-events": (.companion, .bare),
    "wakeup-parent": (.interrupt, .bare),
    "trip": (.configuration, .bare),
    "syscon": (.systemController, .leading),
    "regmap": (.systemController, .leading),
    "firmware": (.firmware, .bare),
    "secure-monitor": (.firmware, .bare),
    "snps,mtl-rx-config": (.configuration, .bare),
    "snps,mtl-tx-config": (.configuration, .bare),
    "snps,axi-config": (.configuration, .bare),
  ]
}
