/// The UARTs that EL2 can drive.
public enum UARTKind: Hashable, Sendable, CaseIterable {
  /// Arm PL011.
  case pl011
  /// The Cadence UART of Zynq and Zynq UltraScale+.
  case cadence
  /// NXP's i.MX UART, of every chip but the i.MX 1, which has its test register elsewhere.
  case imx
  /// The mini-UART among the auxiliary peripherals of the BCM283x and BCM2711.
  case miniUART

  /// The kind of a device by its `compatible`; `nil` for what EL2 cannot drive.
  public init?(compatible: [String]) {
    guard let kind = Self.allCases.first(where: { !$0.compatible.isDisjoint(with: compatible) }) else { return nil }
    self = kind
  }

  /// What a device tree calls it (Linux, Documentation/devicetree/bindings/serial).
  public var compatible: Set<String> {
    switch self {
    case .pl011: ["arm,pl011"]
    case .cadence: ["cdns,uart-r1p8", "cdns,uart-r1p12", "xlnx,xuartps", "xlnx,zynqmp-uart"]
    case .imx: ["fsl,imx21-uart", "fsl,imx53-uart", "fsl,imx6q-uart", "fsl,imx8mp-uart"]
    case .miniUART: ["brcm,bcm2835-aux-uart"]
    }
  }

  /// For messages.
  public var name: String {
    switch self {
    case .pl011: "PL011"
    case .cadence: "Cadence UART"
    case .imx: "i.MX UART"
    case .miniUART: "BCM283x mini-UART"
    }
  }

  /// The names of all, for messages.
  public static var names: String { allCases.map(\.name).joined(separator: ", ") }
}
