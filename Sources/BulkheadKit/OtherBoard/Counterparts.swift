/// Devices of another board that could stand in for one.
struct Counterparts {
  /// So many are named; more help nobody to choose.
  private static let mostNamed = 5

  /// Words of `compatible` that devices of any kind share.
  private static let common: Set = ["arm,primecell", "simple-bus", "simple-mfd", "syscon"]

  private let wanted: Node
  private let board: Board
  private let devices: [Device]

  /// Looks for devices that share a word of `compatible` with a node, enabled ones first, then the closest.
  init(of node: Node, on board: Board) {
    wanted = node
    self.board = board
    let words = node.compatible.filter { !Self.common.contains($0) }
    let ranked = board.devices.compactMap { device -> (rank: Int, device: Device)? in
      words.firstIndex { device.compatible.contains($0) }.map { (device.isEnabled ? $0 : $0 + words.count, device) }
    }
    devices = ranked.sorted { ($0.rank, $0.device.path) < ($1.rank, $1.device.path) }.map(\.device)
  }

  /// What to do about a device that is not there.
  var help: String {
    let listing =
      "`bulkhead devices \(board.description.isKnownTree ? board.name : board.treeFile)` lists what there is"
    guard let word = wanted.compatible.first else { return listing }
    guard !devices.isEmpty else {
      return "\(board.name) has nothing that is compatible with \(Quotation.printable(word)); \(listing)"
    }
    let named = devices.prefix(Self.mostNamed).map { $0.isEnabled ? $0.path : "\($0.path) (disabled)" }
    let more = devices.count > Self.mostNamed ? " and \(devices.count - Self.mostNamed) more" : ""
    return "compatible with \(Quotation.printable(word)) are there \(named.joined(separator: ", "))\(more)"
  }
}

extension BoardDescription {
  /// Whether the tree is that of a board under `boards/`.
  fileprivate var isKnownTree: Bool { treeSource != nil }
}
