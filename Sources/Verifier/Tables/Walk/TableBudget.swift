/// How much a walk may read: no table twice, whoever leads to it, and no more tables and leaves than an image can need.
/// One budget serves all translations of an image, so that the work is linear in its tables whatever they say.
struct TableBudget: Sendable {
  /// 16,384 tables are 64 MiB; each maps 2 MiB page by page.
  static let tableLimit = 16_384
  /// 8,388,608 leaves are 32 GiB page by page.
  static let leafLimit = 1 << 23

  /// Physical addresses of the tables below roots that were read.
  private var tables: Set<UInt64> = []
  /// How often a table that is shared may still be read again: 64 restart maps with 1,024 tables of EL2's own.
  private var sharedLeft = 1 << 16
  /// Leaves that may still be found.
  private(set) var leavesLeft = leafLimit

  /// What becomes of a table that an entry leads to.
  enum Answer { case read, readBefore, tooMany }

  /// Asks for a table.
  mutating func take(table address: UInt64) -> Answer {
    if tables.contains(address) { return .readBefore }
    guard tables.count < Self.tableLimit else { return .tooMany }
    tables.insert(address)
    return .read
  }

  /// Asks for a table that may be shared with a walk before.
  mutating func takeShared() -> Answer {
    guard sharedLeft > 0 else { return .tooMany }
    sharedLeft -= 1
    return .read
  }

  /// Counts leaves down.
  mutating func take(leaves: Int) { leavesLeft = max(0, leavesLeft - leaves) }
}
