import DeviceTree

/// Devices that can stop the whole board, by `compatible` and by generic name.
///
/// A device that is listed wrongly costs a person a waiver, one that is forgotten may cost a domain its life. What a
/// watchdog does once it expires is decided by wiring and fuses that a tree does not show, so that every watchdog
/// counts.
///
/// The names are those of the devicetree bindings: `watchdog/*`, `power/reset/*`, and those quoted at each list.
enum StopperTable {
  /// Why a node of this name and `compatible` can stop the board by itself, or `nil`.
  static func reason(of node: Node) -> StopReason? {
    let compatible = node.compatible
    if let name = compatible.first(where: isWatchdog) ?? (isWatchdogName(node) ? "its name" : nil) {
      let words = "it is a watchdog (\(name)), and once it expires the whole chip is reset"
      return StopReason(means: .watchdog, node: node.path, words: words)
    }
    if let name = compatible.first(where: isPower) {
      return StopReason(means: .power, node: node.path, words: "its registers switch the board off (\(name))")
    }
    if let name = compatible.first(where: isReset) {
      return StopReason(means: .reset, node: node.path, words: "its registers reset the chip or its CPUs (\(name))")
    }
    if let name = compatible.first(where: isMemory) {
      return StopReason(means: .memory, node: node.path, words: "everybody's RAM is driven through it (\(name))")
    }
    if let name = compatible.first(where: isPLL) {
      return StopReason(means: .supply, node: node.path, words: "its PLLs clock the whole chip (\(name))")
    }
    guard let property = node.properties.map(\.name).first(where: isPowerController) else { return nil }
    return StopReason(means: .power, node: node.path, words: "it switches the board off (\(property))")
  }

  /// Whether a node of this `compatible` names another one, by `regmap`, `gpios` or its parent, as the way to reboot or
  /// to switch off (bindings `power/reset/syscon-reboot`, `syscon-poweroff`, `gpio-poweroff`, `gpio-restart`,
  /// `regulator-poweroff`; `arm/arm,vexpress-juno`; `watchdog/linux,wdt-gpio`: a watchdog outside the chip that a line
  /// keeps quiet).
  static func namesAnother(_ compatible: String) -> Bool {
    [
      "syscon-reboot", "syscon-poweroff", "google,gs101-reboot", "gpio-poweroff", "gpio-restart", "regulator-poweroff",
      "linux,wdt-gpio", "arm,vexpress-reset", "arm,vexpress-reboot", "arm,vexpress-shutdown",
    ].contains(compatible)
  }

  /// The parts of the name behind the vendor's prefix: `wdt` of `qcom,apss-wdt-sc7180`, `cdns,wdt-r1p2`,
  /// `brcm,bcm2835-pm-wdt`; `gwdt` of Arm's generic watchdog (`arm,sbsa-gwdt`), `wwdt` of Versal's window watchdog
  /// (`xlnx,versal-wwdt`), and Arm's SP805. NVIDIA's timers from Tegra186 on have the chip's watchdogs inside
  /// (binding `timer/nvidia,tegra186-timer`).
  private static func isWatchdog(_ compatible: String) -> Bool {
    if ["arm,sp805", "nvidia,tegra186-timer", "nvidia,tegra234-timer"].contains(compatible) { return true }
    let parts = (compatible.split(separator: ",").last ?? "").split { "-_.".contains($0) }
    return parts.contains { ["wdt", "wdog", "watchdog", "gwdt", "wwdt"].contains($0) }
  }

  /// `watchdog` is the generic name for watchdogs (Devicetree Specification v0.4, section 2.2.2).
  private static func isWatchdogName(_ node: Node) -> Bool { node.has("reg") && node.baseName == "watchdog" }

  /// Blocks that switch the power: SNVS of the i.MX (LPCR.TOP; binding `crypto/fsl,sec-v4.0-mon`), Qualcomm's power-on
  /// block in the PMIC (`power/reset/qcom,pon`) and PS_HOLD (`power/reset/qcom,pshold`), the power manager of the
  /// BCM2835 and BCM2711, which holds its watchdog as well (`soc/bcm/brcm,bcm2835-pm`), NVIDIA's power management
  /// controller (`arm/tegra/nvidia,tegra20-pmc`, `nvidia,tegra186-pmc`).
  private static func isPower(_ compatible: String) -> Bool {
    if ["fsl,sec-v4.0-mon", "qcom,pshold", "brcm,bcm2835-pm", "brcm,bcm2711-pm"].contains(compatible) { return true }
    return compatible.hasPrefix("qcom,") && compatible.hasSuffix("-pon")
      || compatible.hasPrefix("nvidia,tegra") && compatible.hasSuffix("-pmc")
  }

  /// Reset controllers with a bit for the chip, or for its CPUs: the i.MX's SRC (binding `reset/fsl,imx-src`; A53RCR),
  /// Renesas' RST (`reset/renesas,rst`: the CPUs' boot and the watchdog's reset), Rockchip's CRU (GLB_SRST; bindings
  /// `clock/rockchip,*-cru`), HiSilicon's system controller (`arm/hisilicon/controller/sysctrl`, `reboot-offset`), and
  /// `power/reset/*-reboot`, `*-restart`, `*-chip-reset`.
  private static func isReset(_ compatible: String) -> Bool {
    if namesAnother(compatible) { return false }
    return compatible == "hisilicon,sysctrl" || compatible.hasPrefix("fsl,imx") && compatible.hasSuffix("-src")
      || compatible.hasPrefix("renesas,") && compatible.hasSuffix("-rst")
      || compatible.hasPrefix("rockchip,") && compatible.hasSuffix("-cru")
      || ["-reboot", "-restart", "-chip-reset"].contains { compatible.hasSuffix($0) }
  }

  /// Memory controllers and the caches in front of them: bindings `memory-controllers/*` (`fsl,imx8m-ddrc`,
  /// `fsl,qoriq-memory-controller`, `xlnx,zynqmp-ddrc-2.40a`, `snps,ddrc-3.80a`, `nvidia,tegra210-mc` and `-emc`),
  /// `interconnect/qcom,*` (`-bimc`, the way to memory), `cache/qcom,llcc`.
  private static func isMemory(_ compatible: String) -> Bool {
    let isTegra = compatible.hasPrefix("nvidia,tegra") && (compatible.hasSuffix("-mc") || compatible.hasSuffix("-emc"))
    let isQualcomm = compatible.hasPrefix("qcom,") && (compatible.hasSuffix("-llcc") || compatible.hasSuffix("-bimc"))
    return isTegra || isQualcomm || compatible == "fsl,qoriq-memory-controller"
      || compatible.split(separator: ",").last?.split(separator: "-").contains("ddrc") == true
  }

  /// The i.MX's analog part, where the PLLs are that its clock controller divides (binding `clock/fsl,imx8m-anatop`); no
  /// tree says that the one needs the other.
  private static func isPLL(_ compatible: String) -> Bool {
    compatible.hasPrefix("fsl,imx") && compatible.hasSuffix("-anatop")
  }

  /// A PMIC that switches the board off says so: `system-power-controller` (binding `power-controller`), of old with a
  /// vendor's prefix.
  private static func isPowerController(_ property: String) -> Bool {
    property == "system-power-controller" || property.hasSuffix(",system-power-controller")
  }
}
