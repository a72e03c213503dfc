extension ReferenceTable {
  /// Properties of single vendors' bindings.
  static let vendors: [String: (ReferenceKind, ReferenceForm)] = [
    "ti,sci": (.firmware, .bare),
    "fsl,usbmisc": (.companion, .counted("#index-cells")),
    "qcom,smem-states": (.companion, .counted("#qcom,smem-state-cells")),
  ]

  /// Whether a name that no entry has is known, or sounds, like a plain number.
  static func isKnownPlain(_ name: String) -> Bool {
    name.hasPrefix("#") || standardNumbers.contains(name) || numberEndings.contains { name.hasSuffix($0) }
  }

  private static let standardNumbers: Set<String> = [
    "reg", "ranges", "dma-ranges", "interrupts", "interrupts-extended", "interrupt-map", "interrupt-map-mask",
    "interrupt-parent", "phandle", "linux,phandle", "status", "compatible", "reg-io-width", "reg-shift", "bus-width",
  ]

  private static let numberEndings: [String] = [
    "-cells", "-width", "-shift", "-size", "-frequency", "-rate", "-count", "-ms", "-us", "-ns", "-hz", "-microvolt",
  ]
}
