import DeviceTree
import Ownership

/// The search behind `DeviceConflicts`: claims of one kind are sorted or grouped, and only neighbours compared.
struct ConflictSearch {
  private let board: Board
  private let devices: [Device]
  private let position: [String: Int]
  private let limit: Int
  /// For every device the positions in `devices` of the devices above it in the tree.
  private let ancestors: [Set<Int>]
  private var found: [Pair: Set<DeviceConflict.Resource>] = [:]

  private struct Pair: Hashable, Comparable {
    let first: Int
    let second: Int
    static func < (left: Pair, right: Pair) -> Bool { (left.first, left.second) < (right.first, right.second) }
  }

  init(_ board: Board, limit: Int) {
    self.board = board
    devices = board.devices.filter(\.isEnabled)
    self.limit = limit
    let position = Dictionary(
      devices.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
    self.position = position
    ancestors = devices.map { device in
      guard let node = board.tree.node(at: device.path) else { return [] }
      return Set(board.tree.chain(from: node).dropFirst().compactMap { position[$0.path] })
    }
  }

  /// Every page that two devices' registers or PCI windows touch.
  mutating func comparePages() {
    var claims: [(device: Int, range: AddressRange)] = []
    for (index, device) in devices.enumerated() {
      for range in device.registers + device.pciWindows { claims.append((index, range.pages)) }
    }
    let pairs = OverlapSweep.pairs(among: claims.map(\.range), limit: limit) { left, right in
      isForeign(claims[left].device, claims[right].device)
    }
    for pair in pairs {
      add(claims[pair.first].device, claims[pair.second].device, .page(pair.overlap.base))
    }
  }

  /// Every SPI of two devices. PPIs are each CPU's own. A line that another controller gathers is that controller's, and
  /// with it that of everything behind it: the owner of the controller alone can tell whose turn it is.
  mutating func compareInterrupts() {
    var users: [UInt32: [Int]] = [:]
    for (index, device) in devices.enumerated() {
      for interrupt in device.interrupts where interrupt.kind == .shared {
        if users[interrupt.intid]?.last != index { users[interrupt.intid, default: []].append(index) }
      }
    }
    for (intid, users) in users.sorted(by: { $0.key < $1.key }) { addPairs(of: users, .interrupt(intid)) }
  }

  /// Every device and the controllers that gather its interrupts.
  mutating func compareGatheredLines() {
    for (index, device) in devices.enumerated() {
      var seen: Set<String> = []
      for line in board.gatheredLines(of: device) where found.count < limit {
        guard let controller = position[line.controller],
          board.tree.node(at: line.controller)?.has("interrupt-controller") == true,
          seen.insert(line.controller).inserted
        else { continue }
        add(
          index, controller,
          line.intid.map { .interrupt($0) } ?? .gathered(line.input, controller: line.controller))
      }
    }
  }

  /// Every stream id that two devices send on one SMMU, bits that do not count left out.
  mutating func compareStreams() {
    struct Claim: Hashable {
      let smmu: String
      let stream: UInt32
      let mask: UInt32
    }
    var users: [Claim: [Int]] = [:]
    for (index, device) in devices.enumerated() {
      for stream in device.streams {
        let claim = Claim(smmu: stream.smmu, stream: stream.stream & ~stream.mask, mask: stream.mask)
        if users[claim]?.last != index { users[claim, default: []].append(index) }
      }
    }
    let claims = users.sorted { ($0.key.smmu, $0.key.stream, $0.key.mask) < ($1.key.smmu, $1.key.stream, $1.key.mask) }
    for (claim, users) in claims { addPairs(of: users, .stream(claim.stream, smmu: claim.smmu)) }
    // Few streams have masks on any board; only those are compared with the others one by one.
    for (claim, users) in claims.filter({ $0.key.mask != 0 }).prefix(1024) {
      for (other, others) in claims where other.smmu == claim.smmu && other != claim {
        guard (claim.stream ^ other.stream) & ~(claim.mask | other.mask) == 0 else { continue }
        for user in users where found.count < limit {
          for another in others where found.count < limit {
            add(user, another, .stream(max(claim.stream, other.stream), smmu: claim.smmu))
          }
        }
      }
    }
  }

  /// Every DMA channel, GPIO line, mailbox channel, PHY and private IOMMU that two devices claim, or that one claims and the
  /// other is, or holds on its MDIO bus.
  mutating func compareClaims() {
    var users: [ExclusiveClaim.Line: [Int]] = [:]
    var order: [ExclusiveClaim.Line] = []
    for claim in board.ownClaims where !claim.kind.isSettledByPolicy {
      guard let index = position[claim.device] else { continue }
      if users[claim.line] == nil { order.append(claim.line) }
      if users[claim.line]?.last != index { users[claim.line, default: []].append(index) }
    }
    for line in order {
      let seats = board.seats(of: line).compactMap { position[$0] }
      let claimants = users[line] ?? []
      addPairs(of: claimants + seats.filter { !claimants.contains($0) }, .exclusive(line))
    }
  }

  /// The conflicts in the order of the tree.
  func sorted() -> [DeviceConflict] {
    found.sorted { $0.key < $1.key }.flatMap { pair, resources in
      resources.sorted(by: <).map { resource in
        DeviceConflict(first: devices[pair.first].path, second: devices[pair.second].path, resource: resource)
      }
    }
  }

  private mutating func addPairs(of users: [Int], _ resource: DeviceConflict.Resource) {
    for (position, first) in users.enumerated() where found.count < limit {
      for second in users[(position + 1)...] where found.count < limit { add(first, second, resource) }
    }
  }

  private mutating func add(_ left: Int, _ right: Int, _ resource: DeviceConflict.Resource) {
    guard isForeign(left, right) else { return }
    let pair = Pair(first: min(left, right), second: max(left, right))
    if case .page = resource, found[pair]?.contains(where: { if case .page = $0 { true } else { false } }) == true {
      return
    }
    found[pair, default: []].insert(resource)
  }

  /// Whether two devices are neither the same nor above one another.
  private func isForeign(_ left: Int, _ right: Int) -> Bool {
    left != right && !ancestors[left].contains(right) && !ancestors[right].contains(left)
  }
}

extension DeviceConflict.Resource: Comparable {
  /// Pages, then interrupts, then streams, each by number, then lines and channels.
  public static func < (left: Self, right: Self) -> Bool {
    if case .exclusive(let line) = left, case .exclusive(let other) = right { return line < other }
    return left.order < right.order
  }

  private var order: (Int, UInt64) {
    switch self {
    case .page(let address): (0, address)
    case .interrupt(let intid): (1, UInt64(intid))
    case .gathered(let input, _): (2, input.map(UInt64.init) ?? 0)
    case .stream(let stream, _): (3, UInt64(stream))
    case .exclusive: (4, 0)
    }
  }
}
