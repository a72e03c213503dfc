/// How large a tree may be. Real boards stay below 128 KiB, 1,000 nodes and 12 levels; the limits leave room for
/// anything that grows out of that, and bound the time and memory that a hostile file can cost.
enum TreeLimits {
  /// Bytes of the blob.
  static let bytes = 16 << 20
  /// Nodes in all.
  static let nodes = 1 << 16
  /// Properties in all.
  static let properties = 1 << 20
  /// Levels of nodes below the root.
  static let depth = 64
  /// Bytes of one node's or property's name (the specification allows 31 characters, real trees use up to 60).
  static let nameBytes = 255
  /// Bytes of all nodes' full paths together.
  static let pathBytes = 32 << 20
  /// `/memreserve/` entries.
  static let memoryReservations = 1024
  /// Entries of one property that is a list of fixed-size items (`reg`, `interrupts`, references).
  static let listEntries = 1 << 12
  /// Rows of one map that is searched again and again (`ranges`, `interrupt-map`).
  static let mapRows = 1 << 10
}
