/// Devices that never start a bus transaction of their own, by `compatible`.
///
/// A device that is missing here counts as a DMA master: forgetting one costs a person a line in a manifest, listing
/// one wrongly would cost a domain its memory. Only blocks whose manuals show no bus-master interface belong here.
/// Where a DMA engine beside the block moves its data (`dmas`), the engine is a node and a master of its own.
enum DMATable {
  /// Whether a device of this `compatible` is known not to start DMA. `usesDMAChannels`: it has `dmas`.
  static func isKnownNotToStartDMA(_ compatible: [String], usesDMAChannels: Bool) -> Bool {
    compatible.contains { name in
      never.contains(name) || endings.contains { name.hasSuffix($0) }
        || !usesDMAChannels && withoutChannels.contains(name)
    }
  }

  private static let never: Set<String> = Set(
    [consoles, timers, lines, buses, sensors, clocksAndPower, glue, trace, interruptControllers].joined())

  /// UARTs. Qualcomm's (`geni`, `uartdm`) have DMA engines inside and are masters.
  private static let consoles: [String] = [
    "arm,pl011", "arm,sbsa-uart", "ns16550", "ns16550a", "ns16750", "ns8250", "snps,dw-apb-uart",
    "cdns,uart-r1p12", "cdns,uart-r1p8", "xlnx,xuartps", "fsl,imx6q-uart", "fsl,imx21-uart", "fsl,imx7ulp-lpuart",
    "fsl,imx8qxp-lpuart", "fsl,ls1021a-lpuart", "fsl,ls1028a-lpuart", "fsl,vf610-lpuart", "amlogic,meson-gx-uart",
    "amlogic,meson-ao-uart", "ti,am654-uart", "renesas,scif", "renesas,hscif", "nvidia,tegra20-uart",
    "brcm,bcm2835-aux-uart", "marvell,armada-3700-uart", "marvell,armada-3700-uart-ext", "hisilicon,hi3660-uart",
  ]

  /// Timers, real-time clocks and watchdogs.
  private static let timers: [String] = [
    "arm,pl031", "arm,sp804", "arm,sp805", "arm,sp805-wdt", "arm,armv7-timer-mem", "arm,sbsa-gwdt", "snps,dw-wdt",
    "fsl,imx21-wdt", "fsl,imx7ulp-wdt", "cdns,ttc", "cdns,wdt-r1p2", "xlnx,zynqmp-rtc", "nxp,sysctr-timer",
    "fsl,imx6dl-gpt", "fsl,imx6sx-gpt", "rockchip,rk3399-timer", "rockchip,rk3288-timer", "qcom,kpss-wdt",
    "allwinner,sun8i-a23-timer", "allwinner,sun6i-a31-wdt", "allwinner,sun50i-a64-wdt", "allwinner,sun8i-h3-rtc",
    "marvell,armada-8k-rtc", "marvell,armada-3700-wdt", "nvidia,tegra210-timer", "nvidia,tegra20-rtc",
    "brcm,bcm2835-system-timer", "brcm,bcm2835-pm-wdt", "renesas,tmu", "renesas,rcar-gen3-cmt0",
    "renesas,rcar-gen3-cmt1", "renesas,rcar-gen3-wdt", "ti,j7-rti-wdt", "ti,am654-timer", "fsl,vf610-ftm-pwm",
    "fsl,ls1028a-ftm-alarm", "fsl,lx2160a-ftm-alarm", "amlogic,meson-vrtc",
  ]

  /// GPIO, pins, PWM and what else only moves signals.
  private static let lines: [String] = [
    "arm,pl061", "fsl,imx35-gpio", "rockchip,gpio-bank", "xlnx,zynqmp-gpio-1.0", "snps,dw-apb-gpio",
    "renesas,rcar-gen3-gpio", "pinctrl-single", "pinconf-single", "fsl,imx27-pwm", "rockchip,rk3328-pwm",
    "rockchip,rk3288-pwm", "renesas,pwm-rcar", "ti,am3352-ehrpwm", "ti,am3352-ecap", "amlogic,meson-gxbb-ir",
    "allwinner,sun6i-a31-ir", "fsl,imx8mm-iomuxc", "fsl,imx8mq-iomuxc", "fsl,imx8mn-iomuxc", "fsl,imx8mp-iomuxc",
  ]

  /// I2C, SPI and MDIO controllers without a DMA engine inside.
  private static let buses: [String] = [
    "rockchip,rk3399-i2c", "rockchip,rk3288-i2c", "cdns,i2c-r1p14", "cdns,i2c-r1p10", "cdns,spi-r1p6",
    "snps,designware-i2c", "ti,omap4-i2c", "amlogic,meson-gxbb-i2c", "amlogic,meson-axg-i2c",
    "marvell,mv78230-i2c", "marvell,mv78230-a0-i2c", "marvell,armada-3700-i2c", "marvell,armada-380-spi",
    "marvell,armada-3700-spi", "marvell,orion-mdio", "marvell,xmdio", "fsl,fman-memac-mdio", "fsl,fman-xmdio",
    "brcm,bcm2835-i2c", "brcm,bcm2711-hdmi-i2c", "brcm,bcm2835-aux-spi", "hisilicon,hix5hd2-i2c", "ti,davinci_mdio",
    "nxp,imx8mm-fspi", "nxp,imx8mp-fspi", "nxp,lx2160a-fspi", "fsl,imx7d-qspi", "arm,pl353-smc-r2p1",
    "cfi-flash", "fsl,ifc", "arm,pl354", "arm,vexpress-flash", "smsc,lan9118", "smsc,lan9115", "smsc,lan91c111",
  ]

  /// Of the same kind, but able to have a DMA engine beside them serve them: masters as soon as they have `dmas`.
  private static let withoutChannels: Set<String> = [
    "arm,pl022", "arm,pl180", "arm,pl18x", "arm,pl050", "fsl,imx21-i2c", "fsl,vf610-i2c", "fsl,imx7ulp-lpi2c",
    "fsl,imx51-ecspi", "fsl,imx7ulp-spi", "fsl,ls1021a-v1.0-dspi", "fsl,ls2085a-dspi", "allwinner,sun6i-a31-i2c",
    "allwinner,sun8i-h3-spi", "rockchip,rk3066-spi", "nvidia,tegra114-spi", "nvidia,tegra124-i2c",
    "renesas,rcar-gen3-i2c", "renesas,rcar-gen3-msiof", "ti,omap4-mcspi", "brcm,bcm2835-spi",
    "amlogic,meson-gx-spicc", "amlogic,meson-g12a-spicc", "amlogic,meson-axg-spicc", "amlogic,meson-gxbb-spifc",
    "snps,dw-apb-ssi", "cdns,qspi-nor",
  ]

  /// Sensors, converters, fuses and random numbers that are read through registers.
  private static let sensors: [String] = [
    "qcom,tsens-v2", "qcom,tsens-v1", "qcom,tsens-v0_1", "fsl,qoriq-tmu", "fsl,imx8mm-tmu", "fsl,imx8mq-tmu",
    "fsl,imx8mp-tmu", "rockchip,rk3399-tsadc", "rockchip,rk3399-saradc", "rockchip,saradc", "qcom,qfprom",
    "qcom,prng", "qcom,prng-ee", "amlogic,meson-rng", "amlogic,meson-saradc", "xlnx,zynqmp-ams",
    "allwinner,sun50i-a64-ths", "allwinner,sun50i-a64-sid", "brcm,bcm2835-rng", "fsl,imx8m-ddr-pmu",
    "arm,cci-400-pmu,r1", "bosch,m_can", "fsl,lx2160ar1-flexcan", "fsl,imx8mp-flexcan", "fsl,imx6q-flexcan",
    "xlnx,zynq-can-1.0", "renesas,rcar-gen3-can", "renesas,rcar-gen3-canfd",
  ]

  /// Clock, reset and power controllers that are plain registers.
  private static let clocksAndPower: [String] = [
    "fsl,imx8mm-ccm", "fsl,imx8mq-ccm", "fsl,imx8mn-ccm", "fsl,imx8mp-ccm", "fsl,imx8qxp-lpcg", "fsl,imx8mq-gpc",
    "fsl,imx8mm-gpc", "fsl,imx8mn-gpc", "fsl,imx8mp-gpc", "rockchip,rk3399-cru", "rockchip,rk3399-pmucru",
    "rockchip,rk3568-cru", "rockchip,rk3568-pmucru", "rockchip,rk3328-cru", "allwinner,sun50i-a64-ccu",
    "allwinner,sun50i-a64-r-ccu", "fsl,qoriq-clockgen", "fsl,ls1028a-clockgen", "fsl,lx2160a-clockgen",
    "nvidia,tegra210-car", "renesas,r8a774a1-cpg-mssr", "renesas,r8a774a1-rst", "renesas,r8a774a1-sysc",
    "amlogic,meson-gxbb-reset", "amlogic,meson-axg-reset", "brcm,bcm2835-cprman", "apm,xgene-device-clock",
  ]

  /// Registers that configure other blocks, memory and mailboxes without a master port.
  private static let glue: [String] = [
    "syscon", "mmio-sram", "arm,vexpress-sysreg", "ti,am654-mailbox", "ti,omap4-mailbox", "fsl,imx6sx-mu",
    "qcom,tcsr-mutex", "ti,am654-hwspinlock", "arm,mhu", "arm,mhuv2", "amlogic,meson-gxbb-mhu",
    "arm,juno-scp-shmem", "arm,scmi-shmem", "arm,sp810", "register-bit-led", "rockchip,rk3368-mailbox",
    "brcm,bcm2835-mbox", "brcm,bcm2835-aux", "allwinner,sun6i-a31-msgbox", "ti,am654-chipid", "usb-nop-xceiv",
  ]

  /// CoreSight components that only pass trace on; the trace memory controller (`arm,coresight-tmc`) may write memory.
  private static let trace: [String] = [
    "arm,coresight-dynamic-funnel", "arm,coresight-static-funnel", "arm,coresight-dynamic-replicator",
    "arm,coresight-static-replicator", "arm,coresight-tpiu", "arm,coresight-stm", "arm,coresight-etm4x",
    "arm,coresight-cti", "arm,coresight-cpu-debug",
  ]

  /// Interrupt controllers behind the GIC; those that send messages (ITS, ICU, mbigen) are masters.
  private static let interruptControllers: [String] = [
    "qcom,pdc", "renesas,irqc", "nvidia,tegra210-ictlr", "nvidia,tegra124-ictlr", "fsl,imx-irqsteer",
    "allwinner,sun6i-a31-r-intc", "marvell,armada-8k-pic", "amlogic,meson-gpio-intc", "fsl,ls1088a-extirq",
  ]

  /// Names of whole classes: what a name ends in says that there is no master port.
  private static let endings: [String] = [
    "-pinctrl", "-gpio", "-wdt", "-rtc", "-pwm", "-efuse", "-usb2phy", "-usb2-phy", "-usb3-phy", "-usb-phy",
    "-pcie-phy", "-hdmi-phy", "-dphy", "-combphy", "-sysctrl", "-grf", "-pmugrf", "-iomuxc-gpr",
  ]
}
