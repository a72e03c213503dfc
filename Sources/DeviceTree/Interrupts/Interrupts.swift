/// A node's interrupts and what is wrong with them.
public struct Interrupts: Hashable, Sendable {
  /// The entries in the order they stand.
  public internal(set) var entries: [InterruptEntry] = []
  /// Malformed entries, parents that are no interrupt controllers, maps that do not hold what they should.
  public internal(set) var faults: [TreeFault] = []

  /// The entries that end at the GIC.
  public var resolved: [ResolvedInterrupt] {
    entries.compactMap { if case .gic(let interrupt) = $0.end { interrupt } else { nil } }
  }
}
