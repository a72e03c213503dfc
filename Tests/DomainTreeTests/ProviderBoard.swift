import Board
import DeviceTree
import Foundation
import PlanFixtures

@testable import DomainTree
@testable import Partition

/// A small board with providers of every kind, two UARTs, and a bus that translates DMA addresses.
enum ProviderBoard {
  /// The tree that a domain with some of the devices gets.
  static func slice(
    _ devices: [String], treatments: [String: ProviderTreatment] = [:]
  ) throws -> (tree: DeviceTree, written: DomainTree) {
    let list = devices.map { "{ path: \($0), dma: unprotected, reason: a test }" }.joined(separator: ", ")
    let manifest = """
      manifest: 1
      name: providers
      board: generic
      device-tree: board.dtb
      domains: { one: { cpus: [0], memory: 16 MiB, kernel: a.bin, devices: [ \(list) ] } }
      """
    let fixture = try plan(manifest)
    let written = try DomainTreeWriter.write(for: fixture.plan.domains[0], on: fixture.plan.board, channels: []) {
      path in
      treatments.first { path == $0.key || path.hasPrefix($0.key + "/") }?.value
    }
    return (try DeviceTree(blob: written.blob), written)
  }

  /// The plan of a manifest on this board.
  static func plan(_ manifest: String) throws -> PlanFixture {
    let folder = FileManager.default.temporaryDirectory.path + "/bulkhead-providers-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data(source.utf8).write(to: URL(filePath: folder + "/board.dts"))
    let tree = try DeviceTree(blob: try PlanFixture.compiled(folder + "/board.dts"))
    let description = try BoardLibrary(root: PlanFixture.root).description(of: "qemu-virt")
    return try PlanFixture(manifest, tree: tree, description: description)
  }

  private static let source = """
    /dts-v1/;
    / {
      #address-cells = <2>; #size-cells = <1>; interrupt-parent = <&gic>;
      model = "Test board"; compatible = "test,board";
      aliases { serial1 = &first; serial3 = &second; ethernet0 = &ethernet; };
      chosen { stdout-path = "serial3:57600n8"; };
      cpus {
        #address-cells = <1>; #size-cells = <0>;
        cpu@0 { device_type = "cpu"; compatible = "arm,cortex-a53"; reg = <0>; enable-method = "psci"; };
        cpu@1 { device_type = "cpu"; compatible = "arm,cortex-a53"; reg = <1>; enable-method = "psci"; };
      };
      psci { compatible = "arm,psci-1.0"; method = "smc"; };
      memory@40000000 { device_type = "memory"; reg = <0 0x40000000 0x40000000>; };
      gic: interrupt-controller@8000000 {
        compatible = "arm,gic-v3"; #interrupt-cells = <3>; interrupt-controller;
        reg = <0 0x8000000 0x10000>, <0 0x80a0000 0x40000>;
      };
      timer { compatible = "arm,armv8-timer"; interrupts = <1 13 4>, <1 14 4>, <1 11 4>, <1 10 4>; };
      oscillator: oscillator { compatible = "fixed-clock"; #clock-cells = <0>; clock-frequency = <24000000>; };
      half: half { compatible = "fixed-factor-clock"; #clock-cells = <0>; clocks = <&clocks 7>; clock-div = <2>; clock-mult = <1>; };
      constant: rail-3v3 {
        compatible = "regulator-gpio"; regulator-name = "3v3"; regulator-always-on; gpios = <&gpio 9 0>;
        regulator-min-microvolt = <3300000>; regulator-max-microvolt = <3300000>;
      };
      variable: rail-io {
        compatible = "regulator-gpio"; regulator-name = "io"; regulator-boot-on; gpios = <&gpio 10 0>;
        regulator-min-microvolt = <1800000>; regulator-max-microvolt = <3300000>;
      };
      switched: rail-sd { compatible = "regulator-fixed"; regulator-name = "sd"; gpio = <&gpio 11 0>; };
      firmware {
        eemi: zynqmp-firmware {
          compatible = "xlnx,zynqmp-firmware"; method = "smc"; #power-domain-cells = <1>;
          eemiclocks: clock-controller { compatible = "xlnx,zynqmp-clk"; #clock-cells = <1>; clocks = <&oscillator>; };
          eemiresets: reset-controller { compatible = "xlnx,zynqmp-reset"; #reset-cells = <1>; };
          pcap { compatible = "xlnx,zynqmp-pcap-fpga"; };
          pinctrl {
            compatible = "xlnx,zynqmp-pinctrl";
            eemipins: uart0-default { mux { function = "uart0"; groups = "uart0_4_grp"; }; };
            uart1-default { mux { function = "uart1"; groups = "uart1_5_grp"; }; };
          };
        };
      };
      soc {
        compatible = "simple-bus"; #address-cells = <1>; #size-cells = <1>;
        ranges = <0 0 0x50000000 0x1000000>; dma-ranges = <0xc0000000 0 0x40000000 0x20000000>;
        clocks: clock-controller@0 { compatible = "test,clocks"; reg = <0 0x1000>; #clock-cells = <1>; clocks = <&oscillator>; };
        resets: reset-controller@1000 { compatible = "test,resets"; reg = <0x1000 0x1000>; #reset-cells = <1>; };
        pinctrl@2000 { compatible = "test,pins"; reg = <0x2000 0x1000>; pins: uart-pins { pins = "a"; }; };
        gpio: gpio@3000 { compatible = "arm,pl061"; reg = <0x3000 0x1000>; #gpio-cells = <2>; gpio-controller; };
        power: power@4000 { compatible = "test,power"; reg = <0x4000 0x1000>; #power-domain-cells = <1>; };
        noc: interconnect@5000 { compatible = "test,noc"; reg = <0x5000 0x1000>; #interconnect-cells = <1>; };
        first: serial@10000 {
          compatible = "ns16550a"; reg = <0x10000 0x1000>; interrupts = <0 10 4>;
          clocks = <&clocks 5>, <&oscillator>, <&clocks 6>; clock-names = "baud", "reference", "bus";
          assigned-clocks = <&clocks 5>, <&oscillator>; assigned-clock-parents = <0>, <&oscillator>;
          assigned-clock-rates = <100>, <200>;
          resets = <&resets 3>, <&resets 4>; reset-names = "core", "bus";
          power-domains = <&power 2>; pinctrl-names = "default"; pinctrl-0 = <&pins>;
          interconnects = <&noc 1 &noc 2>; interconnect-names = "memory"; rts-gpios = <&gpio 4 0>;
        };
        second: serial@11000 {
          compatible = "ns16550a"; reg = <0x11000 0x1000>; interrupts = <0 11 4>;
          clocks = <&clocks 6>, <&clocks 5>, <&half>; vendor,buddy = <&resets>; vendor,friend = <&second>;
        };
        ethernet: ethernet@20000 {
          compatible = "test,ethernet"; reg = <0x20000 0x1000>; interrupts = <0 12 4>;
          vcc-supply = <&constant>; vio-supply = <&variable>; vsd-supply = <&switched>;
        };
        managed: serial@30000 {
          compatible = "cdns,uart-r1p12"; reg = <0x30000 0x1000>; interrupts = <0 13 4>;
          clocks = <&eemiclocks 56>, <&eemiclocks 31>; clock-names = "uart_clk", "pclk";
          power-domains = <&eemi 33>; resets = <&eemiresets 9>; pinctrl-names = "default"; pinctrl-0 = <&eemipins>;
        };
      };
      straight { compatible = "simple-bus"; #address-cells = <2>; #size-cells = <1>; ranges;
        disk@60000000 { compatible = "test,disk"; reg = <0 0x60000000 0x1000>; interrupts = <0 20 4>; };
      };
    };
    """
}
