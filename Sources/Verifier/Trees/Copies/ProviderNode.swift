import DeviceTree

/// Providers without registers, of which every domain can have a copy: fixed clocks, fixed factors of clocks and fixed
/// regulators.
enum ProviderNode {
  private static let compatible: Set = ["fixed-clock", "fixed-factor-clock", "regulator-fixed"]

  /// Whether a node of the board's can be copied for whoever refers to it.
  static func isSelfContained(_ node: Node) -> Bool {
    node.isStatusOkay && node.children.isEmpty && node.compatible.contains(where: compatible.contains)
  }
}
