import HostileSupport

/// Reads and writes every page that the map of owners gives to somebody else, at an offset that a seed chooses.
struct OwnershipScan {
  let surroundings: Surroundings
  let map: ForeignMap

  /// Runs of more pages than this (the window of a PCI host, say) are sampled: one page in each of as many equal parts as
  /// `sampledParts` says.
  private static var mostPages: UInt64 { 1 << 20 }
  private static var sampledParts: UInt64 { 1 << 16 }
  private static var pattern: UInt64 { 0x0BAD_0BAD_0BAD_0BAD }

  func run(_ report: inout Report) {
    report.attempt("pages-of-neighbours", .pages) { all(.neighbourMemory, &$0) }
    report.attempt("pages-of-the-hypervisor", .pages) { all(.hypervisorMemory, &$0) }
    report.attempt("pages-of-firmware", .pages) { all(.firmwareMemory, &$0) }
    report.attempt("pages-of-memory-that-nobody-has", .pages) { all(.unassignedMemory, &$0) }
    report.attempt("pages-of-channels", .pages) { all(.channel, &$0) }
    report.attempt("pages-of-devices-of-neighbours", .pages) { all(.neighbourDevice, &$0) }
    report.attempt("pages-of-devices-of-the-hypervisor", .pages) { all(.hypervisorDevice, &$0) }
    report.attempt("pages-of-devices-that-nobody-has", .pages) { all(.unassignedDevice, &$0) }
    report.attempt("pages-around-every-boundary", .pages) { boundaries(&$0) }
    report.attempt("pages-in-every-GiB-below-1TiB", .pages) { sample(&$0) }
  }

  private func all(_ kind: ForeignMap.Kind, _ tally: inout Tally) {
    var random = RandomNumbers(seed: kind.rawValue)
    map.forEach { entry in
      guard entry.kind == kind else { return }
      let pages = (entry.last - entry.base) / 0x1000 + 1
      let parts = pages <= Self.mostPages ? pages : Self.sampledParts
      let pagesPerPart = pages / parts
      for part in 0..<parts {
        let page = part * pagesPerPart + (pagesPerPart == 1 ? 0 : random.next(below: pagesPerPart))
        touch(entry.base + page * 0x1000 + random.next() & 0xFF8, &tally)
      }
    }
  }

  /// The two pages on both sides of where each run begins and ends: first and last word, in every size.
  private func boundaries(_ tally: inout Tally) {
    map.forEach { entry in
      for page in stride(from: UInt64(0), to: 0x4000, by: 0x1000) {
        for shift in UInt64(0)..<4 {
          edge(entry.base &+ page &- 0x2000, shift, &tally)
          edge(entry.last &+ 1 &+ page &- 0x2000, shift, &tally)
        }
      }
    }
  }

  private func edge(_ page: UInt64, _ shift: UInt64, _ tally: inout Tally) {
    touch(page, shift, &tally)
    touch(page &+ 0x1000 &- (1 << shift), shift, &tally)
  }

  /// Pages that a seed chooses, as many in each GiB.
  private func sample(_ tally: inout Tally) {
    var random = RandomNumbers(seed: 40)
    for gigabyte in UInt64(0)..<1024 {
      for _ in 0..<128 { touch(gigabyte << 30 | random.next() & 0x3FFF_FFF8, &tally) }
    }
  }

  private func touch(_ address: UInt64, _ tally: inout Tally) { touch(address, 3, &tally) }

  private func touch(_ address: UInt64, _ shift: UInt64, _ tally: inout Tally) {
    if !surroundings.mayRead(address) {
      let value =
        switch shift {
        case 0: hostile_load8(address)
        case 1: hostile_load16(address)
        case 2: hostile_load32(address)
        default: hostile_load64(address)
        }
      tally.expectAbort(Trap.take(), at: address, got: value)
    }
    if !surroundings.mayWrite(address) {
      switch shift {
      case 0: hostile_store8(address, Self.pattern)
      case 1: hostile_store16(address, Self.pattern)
      case 2: hostile_store32(address, Self.pattern)
      default: hostile_store64(address, Self.pattern)
      }
      tally.expectAbort(Trap.take(), at: address)
    }
  }
}
