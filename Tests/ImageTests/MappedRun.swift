import Ownership

/// Addresses that lead to equally many others behind one another, with one kind of access; neighbours joined.
struct MappedRun: Equatable {
  var input: UInt64
  var output: UInt64
  var size: UInt64
  var access: TableWalker.Access

  /// The same mapping with as few runs as possible, in address order.
  static func joined(_ runs: [MappedRun]) -> [MappedRun] {
    var result: [MappedRun] = []
    for run in runs.sorted(by: { $0.input < $1.input }) {
      if let last = result.last, last.input + last.size == run.input, last.output + last.size == run.output,
        last.access == run.access
      {
        result[result.count - 1].size += run.size
      } else {
        result.append(run)
      }
    }
    return result
  }

  /// What a walker finds in its tables.
  init(_ input: UInt64, _ leaf: TableWalker.Leaf) {
    self.init(input: input, output: leaf.output, size: leaf.size, access: leaf.access)
  }

  /// Addresses that lead to themselves.
  init(_ range: AddressRange, _ access: TableWalker.Access) {
    self.init(input: range.base, output: range.base, size: range.size, access: access)
  }

  init(input: UInt64, output: UInt64, size: UInt64, access: TableWalker.Access) {
    self.input = input
    self.output = output
    self.size = size
    self.access = access
  }
}
