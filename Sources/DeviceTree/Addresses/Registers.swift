/// A node's `reg` and what is wrong with it.
public struct Registers: Hashable, Sendable {
  /// The entries in the order they stand, those without a CPU address included.
  public let entries: [RegisterEntry]
  /// Entries that no range of a bus above holds, that run past one, or that cannot be read.
  public let faults: [TreeFault]
}
