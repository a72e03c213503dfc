/// Which cells of a specifier say what is claimed, and which only how it is to be used.
///
/// The number of cells is the controller's choice; their meaning is its binding's. What follows covers every binding
/// in the trees of shipped boards with more than one cell, or with one that is no number of a line. Where a binding is
/// not known, all cells count, except that the last of several cells of a GPIO are its flags (kernel binding
/// `gpio/gpio.txt`), and of three cells or more the first alone is taken for the number.
enum SpecifierIdentity {
  /// The cells that two claims on the same line have in common; none if the whole block is claimed.
  static func cells(of specifier: [UInt32], kind: ExclusiveClaim.Kind, controller: [String]) -> [UInt32] {
    let count = controller.lazy.compactMap { known[$0] }.first ?? usual(specifier.count, kind: kind)
    // A PHY without a name of its own is one lane of a block; its cell is the port or the protocol on it.
    return kind == .phy && controller.isEmpty ? [] : Array(specifier.prefix(count))
  }

  private static func usual(_ count: Int, kind: ExclusiveClaim.Kind) -> Int {
    switch kind {
    case .resetLine: count
    case .gpioLine: count > 1 ? count - 1 : count
    case .dmaChannel, .powerDomain, .mailboxChannel, .phy, .privateIOMMU: count > 2 ? 1 : count
    }
  }

  /// Leading cells that identify, by the controller's `compatible`.
  private static let known: [String: Int] = [
    // DMA: (transmit or receive, engine, protocol); of TI's packet DMA (thread, address space).
    "qcom,sdm845-gpi-dma": 2, "qcom,sm8150-gpi-dma": 2, "qcom,sm8250-gpi-dma": 2, "qcom,sm6350-gpi-dma": 2,
    "qcom,sm8450-gpi-dma": 2, "qcom,sc7280-gpi-dma": 2,
    "ti,am64-dmss-pktdma": 1, "ti,am64-dmss-bcdma": 1, "ti,am654-navss-main-udmap": 1, "ti,j721e-navss-main-udmap": 1,
    // Power: (device, exclusive or shared).
    "ti,sci-pm-domain": 1,
    // PHYs whose cells choose a protocol or a user, not a lane.
    "renesas,rcar-gen3-usb2-phy": 0, "renesas,rzg2l-usb2-phy": 0, "hisilicon,hi3798cv200-combphy": 0,
    "amlogic,g12a-usb3-pcie-phy": 0, "rockchip,rk3568-naneng-combphy": 0, "apm,xgene-phy": 0,
    "ti,phy-am654-serdes": 0,
  ]
}
