import Ownership

/// Translation tables of VMSAv8-64 with a 4 KiB granule, under construction.
///
/// A tree: the root holds only as many entries as the input address needs, the tables below it 512. Where a table
/// descriptor will hold the next table's address, it holds that table's number until the tables have their places
/// (Arm DDI 0487J.a, D8.2 and D8.3).
struct TranslationTable: Sendable {
  /// Entries of one table below the root: 4096 bytes of 8-byte descriptors.
  static let entries = 512
  /// Bytes of one table below the root.
  static let tableSize: UInt64 = 4096
  /// Tables beyond this number are refused: 64 MiB of them describe 32 GiB page by page.
  static let limit = 16384
  /// Bits of an output address without FEAT_LPA2 (D8.3).
  static let outputBits = 48

  /// Level of the first lookup: 0 or 1.
  let startLevel: Int
  /// Size of the input address in bits.
  let inputBits: Int
  /// Descriptors of the root: more than 512 are concatenated tables, at stage 2 only and 16 of them at most (D8.2.2).
  private var root: [UInt64]
  /// The tables below the root with their levels.
  private var tables: [(level: Int, descriptors: [UInt64])] = []
  /// Tables of another tree, which some entries here lead to: their numbers start at `firstShared`.
  private var shared: [(level: Int, descriptors: [UInt64])] = []
  /// The number of the first shared table, above that of any own one.
  private static let firstShared = 1 << 20

  /// Empty tables: nothing is mapped.
  init(startLevel: Int, inputBits: Int) {
    self.startLevel = startLevel
    self.inputBits = inputBits
    root = Array(repeating: 0, count: 1 << max(0, inputBits - Self.shift(of: startLevel)))
  }

  /// A tree that maps what another one maps, by that one's own tables below the root. What is mapped in addition gets
  /// tables of its own, and each table on the way there is a copy.
  init(sharing other: TranslationTable) {
    startLevel = other.startLevel
    inputBits = other.inputBits
    root = other.root.map { Self.shared($0, level: other.startLevel) }
    shared = other.tables.map { table in
      (table.level, table.descriptors.map { Self.shared($0, level: table.level) })
    }
  }

  private static func shared(_ descriptor: UInt64, level: Int) -> UInt64 {
    isTable(descriptor, level: level) ? descriptor + UInt64(firstShared) << 12 : descriptor
  }

  private static func isTable(_ descriptor: UInt64, level: Int) -> Bool { level < 3 && descriptor & 0b11 == 0b11 }

  /// How many tables there are below the root, without shared ones.
  var count: Int { tables.count }

  /// Bytes of all tables below the root.
  var tablesSize: UInt64 { UInt64(count) * Self.tableSize }

  /// Bytes of the root.
  var rootSize: UInt64 { UInt64(root.count) * 8 }

  /// The alignment that the root needs: its size, and 64 bytes at least (D8.2, and D8.2.2 for concatenated tables).
  var rootAlignment: UInt64 { max(64, rootSize) }

  /// Maps `range` to `output` and what follows it, by the largest blocks that both addresses allow.
  ///
  /// `attributes` are the lower and upper attributes of a block or page descriptor, without its type bits.
  mutating func map(_ range: AddressRange, to output: UInt64, attributes: UInt64) throws(TranslationTableError) {
    guard (range.base | output | (range.last &+ 1)) & (Self.tableSize - 1) == 0 else { throw .misaligned(range) }
    guard inputBits >= 64 || range.last >> UInt64(inputBits) == 0 else { throw .inputTooLarge(range) }
    let (lastOutput, overflow) = output.addingReportingOverflow(range.last - range.base)
    guard !overflow, lastOutput >> UInt64(Self.outputBits) == 0 else { throw .outputTooLarge(range) }
    var done: UInt64 = 0
    let length = range.last - range.base
    while done <= length {
      let level = blockLevel(input: range.base + done, output: output + done, remaining: length - done)
      try install(range.base + done, output + done, level: level, attributes: attributes)
      let (next, isEnd) = done.addingReportingOverflow(1 << UInt64(Self.shift(of: level)))
      if isEnd { return }
      done = next
    }
  }

  /// Maps `range` to physical runs that are as large together, one behind the other.
  mutating func map(
    _ range: AddressRange, to runs: [AddressRange], attributes: UInt64
  ) throws(TranslationTableError) {
    var next = range.base
    for run in runs {
      guard let part = AddressRange(base: next, size: run.size), range.contains(part) else { throw .misaligned(range) }
      try map(part, to: run.base, attributes: attributes)
      next = next &+ run.size
    }
    guard next == range.last &+ 1 else { throw .misaligned(range) }
  }

  /// The root as bytes, for tables that start at the hypervisor's address `base`, and shared ones at `shared`.
  func rootBytes(tablesAt base: UInt64, shared: UInt64 = 0, _ placement: HypervisorPlacement) -> [UInt8] {
    Self.bytes(root, level: startLevel, tablesAt: base, shared: shared, placement)
  }

  /// The tables below the root as bytes, for tables that start at the hypervisor's address `base`, and shared ones at
  /// `shared`.
  func tableBytes(at base: UInt64, shared: UInt64 = 0, _ placement: HypervisorPlacement) -> [UInt8] {
    tables.flatMap { Self.bytes($0.descriptors, level: $0.level, tablesAt: base, shared: shared, placement) }
  }

  private static func bytes(
    _ descriptors: [UInt64], level: Int, tablesAt base: UInt64, shared: UInt64, _ placement: HypervisorPlacement
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(descriptors.count * 8)
    for descriptor in descriptors {
      let place = descriptor >> 12 >= UInt64(firstShared) ? shared &- UInt64(firstShared) << 12 : base
      let leadsToTable = isTable(descriptor, level: level)
      bytes.append(
        littleEndian: leadsToTable ? placement.physical((descriptor & ~0b11) &+ place) | 0b11 : descriptor)
    }
    return bytes
  }

  /// Position of the lowest input bit that a level resolves: 39, 30, 21, 12 (D8.2, 4 KiB granule).
  static func shift(of level: Int) -> Int { 12 + 9 * (3 - level) }

  /// The lowest level (largest block) that fits; level 0 has no blocks (D8.3).
  private func blockLevel(input: UInt64, output: UInt64, remaining: UInt64) -> Int {
    for level in max(1, startLevel)..<3 {
      let mask = (UInt64(1) << UInt64(Self.shift(of: level))) - 1
      if (input | output) & mask == 0 && remaining >= mask { return level }
    }
    return 3
  }

  private mutating func install(
    _ input: UInt64, _ output: UInt64, level: Int, attributes: UInt64
  ) throws(TranslationTableError) {
    let leaf = output | attributes | (level == 3 ? 0b11 : 0b01)
    let index = Int(input >> UInt64(Self.shift(of: startLevel)))
    if level == startLevel { return try Self.put(leaf, in: &root[index], input) }
    var old = root[index]
    var table = try Self.number(in: &root[index], ifNew: count, input)
    var current = startLevel + 1
    while true {
      try add(table, level: current, insteadOf: old)
      let index = Int(input >> UInt64(Self.shift(of: current))) & (Self.entries - 1)
      if current == level { return try Self.put(leaf, in: &tables[table].descriptors[index], input) }
      old = tables[table].descriptors[index]
      table = try Self.number(in: &tables[table].descriptors[index], ifNew: count, input)
      current += 1
    }
  }

  /// Makes the table of the next number, unless the number is that of a table there is: empty, or a copy of the shared
  /// one that the entry led to.
  private mutating func add(_ number: Int, level: Int, insteadOf old: UInt64) throws(TranslationTableError) {
    guard number == count else { return }
    guard count < Self.limit else { throw .tooManyTables(Self.limit) }
    let copied = Int(old >> 12) - Self.firstShared
    tables.append(
      shared.indices.contains(copied) ? shared[copied] : (level, Array(repeating: 0, count: Self.entries)))
  }

  private static func put(_ leaf: UInt64, in entry: inout UInt64, _ input: UInt64) throws(TranslationTableError) {
    guard entry == 0 else { throw .overlap(input) }
    entry = leaf
  }

  /// The number of the table that an entry leads to; an entry that is empty, or leads to a shared table, is made to lead to
  /// the table `new`.
  private static func number(
    in entry: inout UInt64, ifNew new: Int, _ input: UInt64
  ) throws(TranslationTableError) -> Int {
    guard entry == 0 || entry & 0b11 == 0b11 else { throw .overlap(input) }
    if entry == 0 || entry >> 12 >= UInt64(firstShared) { entry = UInt64(new) << 12 | 0b11 }
    return Int(entry >> 12)
  }
}
