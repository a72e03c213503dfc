import Board

extension Device {
  /// Whether the device is a serial port, by its generic node name (devicetree specification v0.4, 2.2.2) or, where
  /// trees call it otherwise, by what it is compatible with.
  var isSerialPort: Bool {
    let name = path.split(separator: "/").last?.prefix { $0 != "@" } ?? ""
    return name == "serial" || compatible.contains { Self.serialPorts.contains($0) }
  }

  private static let serialPorts: Set = [
    "arm,pl011", "arm,sbsa-uart", "ns16550a", "cdns,uart-r1p12", "snps,dw-apb-uart",
  ]
}
