import Board
import Manifest
import Ownership

/// A domain that can stop the whole board with a device of its own while others run that count on it.
public struct BoardStop: Sendable {
  /// The domain.
  public let domain: DomainDraft
  /// Its device.
  public let device: DeviceDraft
  /// The device that stops the board: the same, or one that nobody has and that has registers in a page with it.
  public let stopper: String
  /// Why.
  public let reason: StopReason
  /// The domain of highest criticality among the others; the first of several.
  public let endangered: DomainDraft

  /// Whether the endangered domain is the more critical one, so that it is not only between equals.
  public var isUpward: Bool { endangered.criticality > domain.criticality }
}

extension DomainDraft {
  /// How critical the domain is; without a level it counts as QM.
  public var criticality: Criticality { declaration.criticality?.value ?? .qualityManaged }
}

extension Draft {
  /// Every device by which a domain can stop another one of its own criticality or of a higher one, in the manifest's
  /// order, one entry for a device.
  public var boardStops: [BoardStop] {
    guard domains.count > 1 else { return [] }
    let stoppers = BoardStoppers(board)
    guard !stoppers.devices.isEmpty else { return [] }
    return domains.flatMap { domain -> [BoardStop] in
      let others = domains.filter { $0.index != domain.index }
      guard let level = others.map(\.criticality).max(), level >= domain.criticality,
        let endangered = others.first(where: { $0.criticality == level })
      else { return [] }
      return domain.devices.compactMap { device in
        guard let stopper = stopper(reachedBy: device, stoppers), let reason = stoppers.reason(for: stopper) else {
          return nil
        }
        return BoardStop(domain: domain, device: device, stopper: stopper, reason: reason, endangered: endangered)
      }
    }
  }

  /// The device itself, or one that no domain has with registers in the device's pages.
  private func stopper(reachedBy device: DeviceDraft, _ stoppers: BoardStoppers) -> String? {
    if stoppers.reason(for: device.path) != nil { return device.path }
    let neighbour = stoppers.devices.first { other in
      other.registers.contains { registers in device.assignment.pages.contains { $0.overlaps(registers) } }
        && !domains.contains { $0.devices.contains { $0.path == other.path } }
    }
    return neighbour?.path
  }
}
