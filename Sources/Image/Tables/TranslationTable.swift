import Ownership

/// Translation tables of VMSAv8-64 with a 4 KiB granule, under construction.
///
/// A tree of 512-entry tables; where a table descriptor will hold the next table's address, it holds that table's number
/// until `bytes(at:)` knows where the tables stand. Root tables come first, so that concatenated ones stand together
/// (Arm DDI 0487J.a, D8.2 and D8.3).
struct TranslationTable: Sendable {
  /// Entries of one table: 4096 bytes of 8-byte descriptors.
  static let entries = 512
  /// Bytes of one table.
  static let tableSize: UInt64 = 4096
  /// Tables beyond this number are refused: 64 MiB of them describe 32 GiB page by page.
  static let limit = 16384
  /// Bits of an output address without FEAT_LPA2 (D8.3).
  static let outputBits = 48

  /// Level of the first lookup: 0 to 2.
  let startLevel: Int
  /// Size of the input address in bits.
  let inputBits: Int
  /// How many tables stand side by side at the start level (more than one only at stage 2, D8.2.2).
  let rootCount: Int
  /// Level of each table.
  private var levels: [Int]
  /// Descriptors of each table.
  private var descriptors: [[UInt64]]

  /// Empty tables: nothing is mapped.
  ///
  /// Input addresses that need more bits than the start level's one table resolves get concatenated root tables.
  init(startLevel: Int, inputBits: Int) {
    self.startLevel = startLevel
    self.inputBits = inputBits
    let resolvedByOneTable = Self.shift(of: startLevel) + 9
    rootCount = 1 << max(0, inputBits - resolvedByOneTable)
    levels = Array(repeating: startLevel, count: rootCount)
    descriptors = Array(repeating: Array(repeating: 0, count: Self.entries), count: rootCount)
  }

  /// How many tables there are.
  var count: Int { levels.count }

  /// Bytes of all tables.
  var size: UInt64 { UInt64(count) * Self.tableSize }

  /// The alignment that the first table needs: concatenated tables align to their whole size (D8.2.2).
  var alignment: UInt64 { UInt64(rootCount) * Self.tableSize }

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

  /// The tables as bytes, for tables that stand at the physical address `base`.
  func bytes(at base: UInt64) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(count * Int(Self.tableSize))
    for (index, table) in descriptors.enumerated() {
      for descriptor in table {
        let isTable = levels[index] < 3 && descriptor & 0b11 == 0b11
        result.append(littleEndian: isTable ? descriptor &+ base : descriptor)
      }
    }
    return result
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
    let rootIndex = Int(input >> UInt64(Self.shift(of: startLevel)))
    var table = rootIndex / Self.entries
    var current = startLevel
    while current < level {
      table = try nextTable(of: table, at: Self.index(input, current), level: current + 1, input: input)
      current += 1
    }
    let index = Self.index(input, level)
    guard descriptors[table][index] == 0 else { throw .overlap(input) }
    descriptors[table][index] = output | attributes | (level == 3 ? 0b11 : 0b01)
  }

  private mutating func nextTable(
    of table: Int, at index: Int, level: Int, input: UInt64
  ) throws(TranslationTableError) -> Int {
    let descriptor = descriptors[table][index]
    switch descriptor & 0b11 {
    case 0b11: return Int(descriptor >> 12)
    case 0b00: break
    default: throw .overlap(input)
    }
    guard count < Self.limit else { throw .tooManyTables(Self.limit) }
    levels.append(level)
    descriptors.append(Array(repeating: 0, count: Self.entries))
    descriptors[table][index] = UInt64(count - 1) << 12 | 0b11
    return count - 1
  }

  private static func index(_ input: UInt64, _ level: Int) -> Int {
    Int(input >> UInt64(shift(of: level))) & (entries - 1)
  }
}
