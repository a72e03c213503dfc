/// Devices that never start a bus transaction of their own, by `compatible`.
///
/// A device that is missing here counts as a DMA master: forgetting one costs a person a line in a manifest, listing
/// one wrongly would cost a domain its memory. Only blocks whose manual has no bus-master interface belong here.
enum DMATable {
  /// Whether a device of this `compatible` is known not to start DMA. `usesDMAChannels`: it has `dmas`, so that a DMA
  /// engine, which is a node and a master of its own, moves its data.
  static func isKnownNotToStartDMA(_ compatible: [String], usesDMAChannels: Bool) -> Bool {
    compatible.contains { never.contains($0) }
      || !usesDMAChannels && compatible.contains { withoutChannels.contains($0) }
  }

  static let never: Set<String> = ["arm,pl011", "arm,pl031", "arm,pl061"]
  static let withoutChannels: Set<String> = []
}
