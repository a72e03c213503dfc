/// How many of a board's enabled devices a domain can be given, and on which terms.
public struct BoardSummary: Sendable {
  /// On which terms a device can be given to a domain while the others stay free to go to another.
  public enum Terms: Int, Sendable, CaseIterable {
    /// It shares nothing with any other device.
    case alone
    /// It shares providers, which need policies.
    case withPolicies
    /// It shares a page, an interrupt, a stream or an exclusive line with others, which have to go where it goes.
    case together
    /// No domain can have it.
    case never
  }

  /// The tree's name.
  public let name: String
  /// Enabled devices by their terms.
  public let counts: [Terms: Int]
  /// Of the devices that can be given away, those that start DMA which no live SMMU holds.
  public let unprotectedMasters: Int
  /// Of the devices that can be given away, those that can reset the whole board or take its power.
  public let stoppers: Int
  /// Why devices have to go together: by kind of resource how many devices it binds. A device may be bound by several.
  public let bonds: [String: Int]
  /// Why no domain can have a device: by reason how many.
  public let reasons: [String: Int]

  /// Enabled devices.
  public var devices: Int { counts.values.reduce(0, +) }

  /// Counts the devices of a board.
  public init(name: String, _ listing: DeviceListing) {
    var counts: [Terms: Int] = [:]
    var bonds: [String: Int] = [:]
    var reasons: [String: Int] = [:]
    for entry in listing.devices where entry.device.isEnabled {
      let terms = Terms(entry)
      counts[terms, default: 0] += 1
      if let obstacle = entry.obstacles.first { reasons[obstacle.reason(for: entry.device.path), default: 0] += 1 }
      if terms == .together {
        for bond in Set(entry.companions.map(\.resource.kindInWords)) { bonds[bond, default: 0] += 1 }
      }
    }
    self.name = name
    self.counts = counts
    self.bonds = bonds
    self.reasons = reasons
    unprotectedMasters = listing.devices.count { $0.isAssignable && $0.isUnprotectedMaster }
    stoppers = listing.devices.count { $0.isAssignable && $0.stopReason != nil }
  }
}

extension BoardSummary.Terms {
  init(_ entry: ListedDevice) {
    self =
      !entry.isAssignable
      ? .never : !entry.companions.isEmpty ? .together : entry.sharedProviders.isEmpty ? .alone : .withPolicies
  }
}

extension DeviceConflict.Resource {
  /// The kind of resource in the words of a heading.
  var kindInWords: String {
    switch self {
    case .page: "registers in one 4 KiB page"
    case .interrupt, .gathered: "an interrupt"
    case .stream: "a DMA stream"
    case .exclusive(let line): (line.kind == .privateIOMMU ? "an " : "a ") + line.kind.words
    }
  }
}

extension DeviceObstacle {
  /// The reason in the words of a heading, without numbers and paths.
  func reason(for device: String) -> String {
    switch self {
    case .disabled: "disabled"
    case .hypervisors(let what): what
    case .nobodys(let path, let what): path == device ? what : "a bus above a node that no domain can have"
    case .interruptControllerPage: "in a page with the interrupt controller's registers"
    case .memory: "inside what the tree calls RAM"
    case .malformed: "malformed in the tree"
    case .nothingToAssign: "without registers, interrupts and streams of its own"
    }
  }
}
