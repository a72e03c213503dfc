import DeviceTree
import Ownership

/// The search behind `DeviceConflicts`: claims of one kind are sorted or grouped, and only neighbours compared.
struct ConflictSearch {
  private let devices: [Device]
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
    devices = board.devices.filter(\.isEnabled)
    self.limit = limit
    let position = Dictionary(
      devices.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
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

  /// Every SPI of two devices. PPIs are each CPU's own, and a line that another controller gathers is that controller's.
  mutating func compareInterrupts() {
    var own: [String: Set<UInt32>] = [:]
    for device in devices { own[device.path] = Set(device.interrupts.map(\.intid)) }
    var users: [UInt32: [Int]] = [:]
    for (index, device) in devices.enumerated() {
      for interrupt in device.interrupts where interrupt.kind == .shared {
        if interrupt.via.contains(where: { own[$0]?.contains(interrupt.intid) ?? false }) { continue }
        if users[interrupt.intid]?.last != index { users[interrupt.intid, default: []].append(index) }
      }
    }
    for (intid, users) in users.sorted(by: { $0.key < $1.key }) { addPairs(of: users, .interrupt(intid)) }
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

  /// The conflicts in the order of the tree.
  func sorted() -> [DeviceConflict] {
    found.sorted { $0.key < $1.key }.flatMap { pair, resources in
      resources.map { ($0.order, $0) }.sorted { $0.0 < $1.0 }.map { _, resource in
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

extension DeviceConflict.Resource {
  /// Pages, then interrupts, then streams, each by number.
  fileprivate var order: (Int, UInt64) {
    switch self {
    case .page(let address): (0, address)
    case .interrupt(let intid): (1, UInt64(intid))
    case .stream(let stream, _): (2, UInt64(stream))
    }
  }
}
