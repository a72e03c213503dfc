import DeviceTree

/// Reads which DMA streams belong to which node.
struct StreamReader {
  private let tree: DeviceTree
  private let smmus: [String: SMMU]
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
    var streams: [DMAStream] = []
    for reference in references.entries where reference.kind == .iommu {
      guard let smmu = smmus[reference.target] else { continue }
      for (stream, mask) in Self.blocks(reference) {
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
  private static func blocks(_ reference: Reference) -> [(stream: UInt32, mask: UInt32)] {
    let cells = reference.specifier
    if reference.property == "iommu-map" {
      return cells.count == 3 ? alignedBlocks(from: cells[1], count: cells[2]) : []
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
