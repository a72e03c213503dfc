/// Properties that hold plain numbers and may look like references, because small numbers are phandles too.
///
/// The names are those that occur in the trees of shipped boards with a value that could be a phandle, and are none.
/// A property that is neither here nor in `ReferenceTable` is suspected when its first cell is some node's phandle.
enum PlainProperties {
  /// Whether a name is known, or sounds, like a plain number.
  static func contains(_ name: String) -> Bool {
    name.hasPrefix("#") || names.contains(Substring(name)) || endings.contains { name.hasSuffix($0) }
      || families.contains { name.hasPrefix($0) }
  }

  /// How the names of quantities end.
  private static let endings: [String] = [
    "-cells", "-width", "-shift", "-size", "-sizes", "-frequency", "-freq", "-hz", "-khz", "-mhz", "-rate",
    "-rates", "-count", "-ms", "-us", "-ns", "-ps", "-sec", "-microvolt", "-microamp", "-microwatt", "-delay",
    "-level", "-levels", "-lvl", "-mask", "-masks", "-offset", "-depth", "-id", "-ids", "-mode", "-lanes",
    "-strength", "-mm", "-ohm", "-ohms", "-percent", "-celsius", "-millicelsius", "-speed", "-type", "-time",
    "-voltage", "-threshold", "-pins", "-pin", "-sets", "-channels", "-queues", "-names", "-debounce", "-len",
    "-porch", "-active", "-parent", "-range", "-ranges",
  ]

  /// How the names of whole families of settings start.
  private static let families: [String] = ["ti,otap-del-sel", "ti,itap-del-sel", "ti,sci-rm-", "snps,"]

  private static let names: Set<Substring> = Set(
    """
    abracon,tc-resistor abs-flat abs-fuzz adi,resistance-plate-x ai31xx-micbias-vg allwinner,tcon-channel
    amd,serdes-blwc amd,serdes-dfe-tap-config amd,serdes-pq-skew amd,zlib-support amlogic,channel-interrupts
    ams,ext-control amstaos,proximity-diodes apio-wins apm,irq-start apm,nr-gpios apm,nr-irqs apm,tx-boost-gain
    apm,tx-eye-tuning arm,hbi arm,msi-base-spi arm,msi-num-spis arm,psci-suspend-param arm,trig-in-sigs
    arm,trig-in-types arm,trig-out-sigs arm,trig-out-types arm,vexpress,site arm,vexpress-sysreg,func auxclk-fs-ratio
    awinic,f0-coefficient awinic,f0-detection-repeat awinic,f0-detection-trace bits block-number brcm,function
    brcm,pins brcm,pull bus-num bus_num button_num cdns,no-bar-match-nbits cell-index channel cirrus,asp-sdout-hiz
    cirrus,boost-cap-microfarad cirrus,boost-ind-nanohenry cirrus,gpio2-src-select clk-phase-sd-hs clk-phase-uhs-ddr50
    clk-phase-uhs-sdr25 clock-div clock-indices clock-mult color contribution cooling-max-state cpu-release-addr
    ctrl-clock-ena-reg dai-tdm-slot-num dai-tdm-slot-rx-mask-1 dai-tdm-slot-tx-mask-0 dai-tdm-slot-tx-mask-1
    dai-tdm-slot-tx-mask-2 dai-tdm-slot-tx-mask-3 debounce-interval default-brightness desc-num direction
    dlg,a-d-btn-thr dlg,adc-1bit-rpt dlg,b-c-btn-thr dlg,btn-avg dlg,btn-cfg dlg,c-mic-btn-thr dlg,d-b-btn-thr
    dlg,jack-ins-deb dlg,jack-rem-deb dlg,mic-det-thr dma-requests drive-open-drain drive-push-pull
    dynamic-power-coefficient eeprom-length enable-bit-index fcs,suspend-voltage-selector fixed-link
    focaltech,max-touch-number frame-number fsl,asrc-format fsl,num-irqs fsl,pins fsl,qe-num-riscs fsl,qe-num-snums
    fsl,sec-era fsl,tuning-start-tap fsl,tuning-step fsl,tx-deemph-gen1 fsl,tx-deemph-gen2 function-enumerator
    google,remote-bus gpios-states gpmc,num-cs gpmc,num-waitpins gw,mode hactive hard-wired height hid-descr-addr
    hisilicon,mode-select-bits hisilicon,spmi-channel hw_margin_ms hysteresis idle-states idt,mode interrupts
    interrupts-extended keypad,num-columns keypad,num-rows lane-polarities lanes-per-direction library-sel
    linux,autosuspend-period linux,code linux,keycode linux,keycodes linux,pci-domain marvell,odmi-frames
    marvell,reg-init marvell,spi-base mask max-brightness maxim,active-fps-power-down-slot
    maxim,active-fps-power-up-slot maxim,active-fps-source maxim,dvs-default-state maxim,fps-event-source
    maxim,over-heat-temp maxim,rsns-microohm maxim,suspend-fps-source mclk-fs memory-controller mic-cfg
    microchip,led-modes mode-bootloader mode-recovery ngpios num-cs num-domains num-ib-windows num-interpolated-steps
    num-ob-windows num-viewport nuvoton,jkdet-polarity nuvoton,sar-hysteresis nuvoton,sar-threshold-num
    nuvoton,vref-impedance nvidia,cf nvidia,cg nvidia,default-tap nvidia,default-trim nvidia,dqs-trim
    nvidia,elastic-limit nvidia,enable-input nvidia,head nvidia,io-hv nvidia,open-drain
    nvidia,pad-autocal-pull-down-offset-1v8 nvidia,pad-autocal-pull-down-offset-3v3
    nvidia,pad-autocal-pull-up-offset-1v8 nvidia,priority nvidia,pull nvidia,rcv-sel nvidia,slew-rate-falling
    nvidia,slew-rate-rising nvidia,term-range-adj nvidia,tristate nvidia,usb2-companion nvidia,xbar-cfg
    nvidia,xcvr-hsslew nvidia,xcvr-lsrslew nvidia,xcvr-setup offset opp-supported-hw pagesize pcie-reset-suspend
    pclk-sample phandle pinctrl-single,bias-pulldown pinctrl-single,bias-pullup pinctrl-single,pins pins
    pmd-controller poll-interval polling-delay-passive port-idx-in-ae ports-implemented power-source ppio-wins
    protected-clocks pwm-dutycycle-unit qca,smarteee-tw-us-1g qcom,amux-route qcom,bias-ctrl-value
    qcom,charge-ctrl-value qcom,current-boost-limit qcom,decimation qcom,din-ports qcom,discharge-resistor-kohms
    qcom,domain qcom,dout-ports qcom,dtest qcom,ea-pc qcom,ee qcom,hstx-trim-value qcom,imp-res-offset-value
    qcom,intents qcom,mbhc-vthreshold-high qcom,mbhc-vthreshold-low qcom,msm-mbhc-gnd-swh qcom,msm-mbhc-hphl-swh
    qcom,nsessions qcom,num-ees qcom,num-strings qcom,playback-sd-lines qcom,power-source qcom,pre-scaling
    qcom,remote-pid qcom,rx-port-mapping qcom,smd-edge qcom,smem qcom,tcs-config qcom,tx-port-mapping qcom,vmid
    realtek,jd-src reg reg-spacing regulator-active-discharge regulator-allowed-modes regulator-ramp-delay-scale
    regulator-system-load renesas,buswait renesas,id rockchip,default-sample-phase rockchip,hw-tshut-polarity
    rockchip,path-map rockchip,pins rotation rx-burst-size-dword rx_delay samsung,picophy-dc-vol-level-adjust
    samsung,picophy-pre-emp-curr-control semtech,combined-sensors semtech,ph01-resolution semtech,ph23-resolution
    semtech,startup-sensor serial-dir shunt-resistor silead,max-fingers simple-audio-card,mclk-fs size solomon,height
    solomon,prechargep1 solomon,prechargep2 solomon,width speed spi-num-chipselects subctrl-vbase sustainable-power
    syna,clip-x-high syna,codes tdm-slots temperature-stability ti,atcm-enable ti,btcm-enable ti,clkbuf-sel
    ti,cpts-ext-ts-inputs ti,cpts-periodic-outputs ti,datarate ti,gain ti,loczrama ti,mbox-num-fifos ti,mbox-num-users
    ti,mbox-rx ti,mbox-tx ti,ngpio ti,num-rings ti,reset-bits ti,strobe-sel ti,trm-icp ti,unmapped-event-sources
    touchscreen-average-samples touchscreen-max-pressure touchscreen-size-x touchscreen-size-y tx-burst-size-dword
    tx_delay type vactive wakeup-event-action wakeup-irq width xlnx,mio-bank
    """.split(whereSeparator: \.isWhitespace))
}
