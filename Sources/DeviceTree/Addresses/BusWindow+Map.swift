extension [BusWindow] {
  /// The result of passing one bus's windows.
  enum Step {
    /// The address on the parent, and whether the whole size came through in one piece.
    case mapped(UInt128, fits: Bool)
    /// The address is none that the windows could hold (PCI's configuration space).
    case notMapped
    /// No window holds the address.
    case outside
  }

  /// Passes `size` bytes from `address` through the first window that holds it. Bytes past its end may continue in
  /// another window, as long as they come out behind the others.
  func map(_ address: UInt128, size: UInt128, isPCI: Bool) -> Step {
    let space = isPCI ? PCIAddress.space(of: address) : 0
    if isPCI, space == PCIAddress.configuration { return .notMapped }
    let start = isPCI ? PCIAddress.offset(of: address) : address
    guard let first = firstMatch(start, space: space) else { return .outside }
    var covered = first.room
    // Every further window may continue the run once, so that windows of no use cannot make this endless.
    for _ in indices where covered < size {
      let (next, overflow) = start.addingReportingOverflow(covered)
      guard !overflow, let more = firstMatch(next, space: space), more.parent == first.parent &+ covered else { break }
      covered += more.room
    }
    return .mapped(first.parent, fits: covered >= size)
  }

  private func firstMatch(_ address: UInt128, space: UInt8) -> (parent: UInt128, room: UInt128)? {
    for window in self {
      if let match = window.map(address, space: space) { return match }
    }
    return nil
  }
}
