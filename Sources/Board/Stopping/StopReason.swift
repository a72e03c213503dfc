/// Why whoever drives a device can reset the whole board or take its power.
public struct StopReason: Hashable, Sendable {
  /// By what means.
  public enum Means: String, Sendable, CaseIterable {
    /// It resets the chip once nobody serves it in time.
    case watchdog
    /// Its registers reset the chip or its CPUs.
    case reset
    /// Its registers switch the board off.
    case power
    /// A node of the tree names it as the way to reboot or to switch off.
    case named
    /// Rails hang on it that must never be switched off, or a CPU's power or clock.
    case supply
    /// RAM is driven through it.
    case memory
  }

  /// By what means.
  public let means: Means
  /// Path of the node that shows it: the device itself, a node below it, or one that refers to it.
  public let node: String
  /// The reason as a clause without a full stop.
  public let words: String
}
