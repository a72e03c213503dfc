/// One interrupt that a node names, and where it ends.
public struct InterruptEntry: Hashable, Sendable {
  /// Where following the line ends.
  public enum End: Hashable, Sendable {
    /// At the GIC.
    case gic(ResolvedInterrupt)
    /// Nowhere that the tree tells: the reason, as a sentence without its full stop, and the controllers passed.
    case unknown(reason: String, via: [String])
    /// Nowhere, because of something malformed, which `Interrupts.faults` has in words.
    case malformed
  }

  /// Position in the list, from 0.
  public let index: Int
  /// Path of the controller or nexus that the specifier is written for.
  public let parent: String
  /// The cells of the specifier.
  public let specifier: [UInt32]
  /// Where the line ends.
  public let end: End
}
