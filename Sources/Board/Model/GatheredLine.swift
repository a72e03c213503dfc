import DeviceTree

/// An interrupt of a device on its way through a controller that is not the GIC.
public struct GatheredLine: Hashable, Sendable {
  /// Path of the controller.
  public let controller: String
  /// The INTID with which it arrives at the GIC, where the tree tells.
  public let intid: UInt32?
  /// The controller's own number of the line, where it does not.
  public let input: UInt32?
}

extension Board {
  /// A device's interrupts that other controllers gather on lines of their own, once for each such controller on the way.
  /// Wrappers that pass every line on under a number of its own gather nothing.
  public func gatheredLines(of device: Device) -> [GatheredLine] {
    let resolved = device.interrupts.flatMap { interrupt in
      interrupt.via.filter { via in
        self.device(at: via)?.interrupts.contains { $0.intid == interrupt.intid } ?? false
      }.map { GatheredLine(controller: $0, intid: interrupt.intid, input: nil) }
    }
    let unresolved = device.unresolvedInterrupts.flatMap { entry in
      let via = if case .unknown(_, let via) = entry.end { via } else { [String]() }
      return (via.isEmpty ? [entry.parent] : via).map {
        GatheredLine(controller: $0, intid: nil, input: entry.specifier.first)
      }
    }
    return (resolved + unresolved).filter { $0.controller != device.path }
  }
}
