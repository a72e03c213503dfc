import TestSupport

extension CompiledTree {
  /// A guest's tree with everything that a guest looks for, some of it below a bus.
  static let guest = """
    /dts-v1/;
    / {
      #address-cells = <2>; #size-cells = <2>;
      chosen { stdout-path = "serial0:115200n8"; };
      memory@40000000 { device_type = "memory"; reg = <0 0x40000000 0 0x4000000>; status = "disabled"; };
      memory@80000000 { device_type = "memory"; reg = <0 0x80000000 0 0x2000000>; };
      aliases { serial1 = "/soc/serial@2000"; serial0 = "/pl011@9000000"; };
      intc@8000000 {
        compatible = "arm,gic-v3";
        reg = <0 0x8000000 0 0x10000>, <0 0x80a0000 0 0x40000>;
      };
      pl011@9000001 { compatible = "arm,pl011"; reg = <0 0x9000001 0 0x1000>; };
      pl011@9000000 { compatible = "arm,pl011", "arm,primecell"; reg = <0 0x9000000 0 0x1000>; };
      soc {
        compatible = "simple-bus"; #address-cells = <1>; #size-cells = <1>; ranges;
        serial@2000 { compatible = "arm,pl011"; reg = <0x2000 0x100>; };
      };
      elsewhere {
        #address-cells = <1>; #size-cells = <1>; ranges = <0 1 0 0x1000>;
        timer@0 { compatible = "test,timer"; reg = <0 0x100>; };
      };
      channel@7f000000 {
        compatible = "bulkhead,channel"; label = "other"; reg = <0 0x7f000000 0 0x1000>; status = "okay";
      };
      channel@7f001000 {
        compatible = "bulkhead,channel"; label = "telemetry"; reg = <0 0x7f001000 0 0x1000>; status = "disabled";
      };
      channel@17f002000 {
        compatible = "bulkhead,channel"; label = "telemetry"; reg = <1 0x7f002000 0 0x10000>;
      };
    };
    """
}
