import Diagnostics

/// A flattened device tree, read once through libfdt into values.
///
/// Nodes are kept in tree order (a parent before its children). The text form of a tree is never involved.
public struct DeviceTree: Sendable {
  /// The blob that was read, for hashing and for copying out unchanged.
  public let blob: [UInt8]
  /// Every node in tree order; the root is at 0.
  public let nodes: [Node]
  /// `/memreserve/` entries as (address, size) in bytes.
  public let memoryReservations: [(address: UInt64, size: UInt64)]
}
