/// Reads the call ranges.
struct CallReader {
  private typealias Call = PartitionOffsets.Call

  /// The ranges in the order of their records.
  let calls: [CallReading]

  /// Reads `count` records from an offset.
  init(records: RecordBytes, start: Int, count: Int) throws(VerifierError) {
    var calls: [CallReading] = []
    for index in 0..<count {
      let place = start + index * Call.total
      let first: UInt32 = try records.number(at: place + Call.first)
      let last: UInt32 = try records.number(at: place + Call.last)
      try records.require(
        first <= last, at: place, "has call range \(index) from \(first) down to \(last): the last is below the first")
      let mask: UInt64 = try records.number(at: place + Call.argumentMask)
      let value: UInt64 = try records.number(at: place + Call.argumentValue)
      try records.require(
        value & ~mask == 0, at: place + Call.argumentValue, "has call range \(index) that no argument can ever fit")
      calls.append(CallReading(functions: first...last, argumentMask: mask, argumentValue: value))
    }
    self.calls = calls
  }
}
