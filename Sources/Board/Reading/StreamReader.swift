import DeviceTree

/// Reads which DMA streams belong to which node.
struct StreamReader {
  private let tree: DeviceTree
  private let smmus: [String: SMMU]
  /// Bits of an `iommu-map-mask` up to which the requester ids that it leaves are listed one by one.
  private static let mostMaskBits = 6
  /// What is wrong with `iommus` and `iommu-map` of enabled nodes.
  private(set) var faults: [TreeFault] = []
  /// Streams by the node that carries them; parents are read before their children.
  private var carried: [Int: [DMAStream]] = [:]

  init(tree: DeviceTree, smmus: [SMMU]) {
    self.tree = tree
    self.smmus = Dictionary(smmus.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The streams of the node's own `iommus` and `iommu-map`.
  mutating func own(of node: Node, isEnabled: Bool) -> [DMAStream] {
    guard node.has("iommus") || node.has("iommu-map") else { return [] }
    let references = tree.references(of: node)
    if isEnabled { faults += references.faults.filter { $0.property == "iommus" || $0.property == "iommu-map" } }
    let requesters = node.property("iommu-map-mask")?.cell ?? .max
    var streams: [DMAStream] = []
    for reference in references.entries where reference.kind == .iommu {
      guard let smmu = smmus[reference.target] else { continue }
      for (stream, mask) in Self.blocks(reference, requesters: requesters) {
        streams.append(
          DMAStream(
            smmu: smmu.path, isLive: smmu.isEnabled, stream: stream, mask: mask | smmu.streamMatchMask,
            source: node.path))
      }
    }
    carried[node.index] = streams
    return streams
  }

  /// The streams of the nearest node above that carries some: a wrapper's, whose children do DMA under its ids.
  func inherited(by node: Node) -> [DMAStream] {
    var above = node.parent
    while let index = above {
      if let streams = carried[index], !streams.isEmpty { return streams }
      above = tree.nodes[index].parent
    }
    return []
  }

  /// The stream ids of a reference as (id, bits that do not count).
  ///
  /// - Parameter requesters: `iommu-map-mask`, the bits of a PCI requester id that are looked up in an `iommu-map`.
  private static func blocks(_ reference: Reference, requesters: UInt32) -> [(stream: UInt32, mask: UInt32)] {
    let cells = reference.specifier
    if reference.property == "iommu-map" {
      guard cells.count == 3 else { return [] }
      // Requester ids have 16 bits; where the mask leaves few of them, only those ids occur.
      let bits = (0..<16).map { UInt32(1) << $0 }.filter { requesters & $0 != 0 }
      guard bits.count <= mostMaskBits else { return alignedBlocks(from: cells[1], count: cells[2]) }
      return (0..<UInt32(1) << bits.count).compactMap { choice in
        let requester = bits.enumerated().reduce(UInt32(0)) { $0 | (choice >> $1.offset & 1 == 0 ? 0 : $1.element) }
        guard requester >= cells[0], requester - cells[0] < cells[2] else { return nil }
        let (stream, overflow) = cells[1].addingReportingOverflow(requester - cells[0])
        return overflow ? nil : (stream, 0)
      }
    }
    // Kernel binding arm,smmu.yaml: one cell is an id, of two the second is a mask.
    guard let stream = cells.first else { return [] }
    return [(stream, cells.count > 1 ? cells[1] : 0)]
  }

  /// A run of ids cut into blocks whose size is a power of two and divides their first id; at most 64 of them.
  private static func alignedBlocks(from first: UInt32, count: UInt32) -> [(stream: UInt32, mask: UInt32)] {
    var blocks: [(stream: UInt32, mask: UInt32)] = []
    var next = UInt64(first)
    let end = min(UInt64(first) + UInt64(count), UInt64(UInt32.max) + 1)
    while next < end {
      let alignment = next == 0 ? UInt64(1) << 32 : UInt64(1) << UInt64(next.trailingZeroBitCount)
      var size = alignment
      while size > end - next { size >>= 1 }
      blocks.append((UInt32(next), UInt32(size - 1)))
      next += size
    }
    return blocks
  }
}
