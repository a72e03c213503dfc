/// How an interrupt controller passes its inputs on, as far as its binding says.
///
/// The table holds what the kernel's bindings and drivers settle; whatever is not in it is a cascade, of which only
/// one with a single output tells where its lines end.
enum ControllerModel {
  /// A GIC, by architecture version.
  case gic(version: Int)
  /// Sits before the GIC and takes the GIC's own specifiers: the line is the one with the same number.
  case sameNumber
  /// Qualcomm's PDC: `qcom,pdc-ranges` gives (first pin, first SPI, count) again and again.
  case pinRanges
  /// Freescale's external-interrupt blocks: `interrupt-map` rows of (pin, 0, GIC, specifier), without the unit
  /// addresses that every other map has. (The kernel keeps a list of exceptions for these.)
  case shortMap
  /// Input n is its own interrupt n.
  case indexed
  /// Inputs n·lines to n·lines + lines - 1 share its own interrupt n.
  case banks(lines: UInt32)
  /// Has no interrupts of its own and shares those of the node above it (Qualcomm's `smp2p` and `smsm`).
  case outputsOfParent
  /// Which line an input takes is decided by software while the system runs.
  case decidedAtRunTime
  /// Anything else.
  case cascade

  /// GICs by `compatible`.
  private static let gicVersions: [String: Int] = [
    "arm,gic-v3": 3, "qcom,msm8996-gic-v3": 3, "arm,gic-v4": 3, "arm,gic-400": 2, "arm,gic-v2": 2,
    "arm,cortex-a15-gic": 2, "arm,cortex-a9-gic": 2, "arm,cortex-a7-gic": 2, "arm,cortex-a5-gic": 2,
    "arm,arm11mp-gic": 2, "arm,arm1176jzf-devchip-gic": 2, "arm,eb11mp-gic": 2, "arm,pl390": 2, "arm,tc11mp-gic": 2,
    "qcom,msm-qgic2": 2, "qcom,msm-8660-qgic": 2, "brcm,brahma-b15-gic": 2, "nvidia,tegra186-gic": 2,
  ]

  private static let others: [String: ControllerModel] = [
    // i.MX general power controllers.
    "fsl,imx6q-gpc": .sameNumber, "fsl,imx7d-gpc": .sameNumber, "fsl,imx8mq-gpc": .sameNumber,
    "fsl,imx8mm-gpc": .sameNumber, "fsl,imx8mn-gpc": .sameNumber, "fsl,imx8mp-gpc": .sameNumber,
    // Tegra's legacy interrupt controllers.
    "nvidia,tegra20-ictlr": .sameNumber, "nvidia,tegra30-ictlr": .sameNumber, "nvidia,tegra114-ictlr": .sameNumber,
    "nvidia,tegra124-ictlr": .sameNumber, "nvidia,tegra210-ictlr": .sameNumber,
    // MediaTek's polarity inverters.
    "mediatek,mt6577-sysirq": .sameNumber,
    // Allwinner's wake-up controllers, with the three-cell form of their binding.
    "allwinner,sun6i-a31-r-intc": .sameNumber, "allwinner,sun8i-a83t-r-intc": .sameNumber,
    "allwinner,sun8i-h3-r-intc": .sameNumber, "allwinner,sun50i-a64-r-intc": .sameNumber,
    "allwinner,sun50i-h6-r-intc": .sameNumber,
    "qcom,pdc": .pinRanges,
    "fsl,ls1021a-extirq": .shortMap, "fsl,ls1043a-extirq": .shortMap, "fsl,ls1046a-extirq": .shortMap,
    "fsl,ls1088a-extirq": .shortMap, "fsl,ls2080a-extirq": .shortMap, "fsl,lx2160a-extirq": .shortMap,
    "renesas,irqc": .indexed,
    "fsl,imx35-gpio": .banks(lines: 16),
    "nvidia,tegra20-gpio": .banks(lines: 32), "nvidia,tegra30-gpio": .banks(lines: 32),
    "marvell,armada-8k-gpio": .banks(lines: 8),
    // Interrupts that are messages: the line is the one whose number software writes into the message.
    "marvell,cp110-icu-nsr": .decidedAtRunTime, "marvell,cp110-icu-sei": .decidedAtRunTime,
    "marvell,cp110-icu": .decidedAtRunTime, "hisilicon,mbigen-v2": .decidedAtRunTime,
    "ti,sci-intr": .decidedAtRunTime, "ti,sci-inta": .decidedAtRunTime,
    // Crossbars of a few lines to many pins.
    "amlogic,meson-gpio-intc": .decidedAtRunTime, "amlogic,meson-gxbb-gpio-intc": .decidedAtRunTime,
  ]

  /// Controllers without a name of their own, by the `compatible` of the node above them.
  private static let children: [String: ControllerModel] = [
    "hisilicon,mbigen-v2": .decidedAtRunTime, "qcom,smp2p": .outputsOfParent, "qcom,smsm": .outputsOfParent,
  ]

  /// The version of the GIC that a node is; `nil` if it is none.
  static func gicVersion(of compatible: [String]) -> Int? {
    for name in compatible {
      if let version = gicVersions[name] { return version }
    }
    return nil
  }

  /// The model of the controller that a node is.
  init(_ node: Node, parentCompatible: [String]) {
    let compatible = node.compatible
    if let version = Self.gicVersion(of: compatible) {
      self = .gic(version: version)
      return
    }
    for name in compatible {
      if let model = Self.others[name] {
        self = model
        return
      }
    }
    for name in parentCompatible {
      if let model = Self.children[name] {
        self = model
        return
      }
    }
    self = .cascade
  }
}
