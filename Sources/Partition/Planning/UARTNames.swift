import Board

extension Device {
  /// Whether the device is a serial port, by its generic node name (devicetree specification v0.4, 2.2.2) or, where
  /// trees call it otherwise, by what it is compatible with.
  var isSerialPort: Bool {
    let name = path.split(separator: "/").last?.prefix { $0 != "@" } ?? ""
    return name == "serial" || UARTKind(compatible: compatible) != nil
      || compatible.contains { Self.serialPorts.contains($0) }
  }

  /// What EL2 cannot drive and is a serial port all the same.
  private static let serialPorts: Set = ["arm,sbsa-uart", "ns16550a", "snps,dw-apb-uart"]
}
