/// The UARTs that the partition table has a number for, by what device trees call them (Linux,
/// Documentation/devicetree/bindings/serial: pl011.yaml, cdns,uart.yaml, fsl-imx-uart.yaml, brcm,bcm2835-aux-uart.yaml).
enum SerialKind: UInt32, CaseIterable {
  case pl011 = 1
  case cadence = 2
  case imx = 3
  case miniUART = 4

  /// The kind of a device; `nil` for one that EL2 cannot drive.
  init?(compatible: [String]) {
    guard let kind = Self.allCases.first(where: { !$0.names.isDisjoint(with: compatible) }) else { return nil }
    self = kind
  }

  private var names: Set<String> {
    switch self {
    case .pl011: ["arm,pl011"]
    case .cadence: ["cdns,uart-r1p8", "cdns,uart-r1p12", "xlnx,xuartps", "xlnx,zynqmp-uart"]
    case .imx: ["fsl,imx21-uart", "fsl,imx53-uart", "fsl,imx6q-uart", "fsl,imx8mp-uart"]
    case .miniUART: ["brcm,bcm2835-aux-uart"]
    }
  }

  /// Serial ports that EL2 cannot drive and that may be called otherwise than `serial`.
  private static let others: Set = ["arm,sbsa-uart", "ns16550a", "snps,dw-apb-uart"]

  /// Whether a device is a serial port at all: by its generic name (devicetree specification v0.4, 2.2.2) or by what it is
  /// compatible with. A domain that has one gets no virtual console unless its manifest asks for it.
  static func isSerialPort(path: String, compatible: [String]) -> Bool {
    let name = path.split(separator: "/").last?.prefix { $0 != "@" } ?? ""
    return name == "serial" || SerialKind(compatible: compatible) != nil || !others.isDisjoint(with: compatible)
  }
}
