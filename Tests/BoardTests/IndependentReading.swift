/// What `Fixtures/independent_reader.py` says about one node.
struct IndependentReading: Decodable {
  /// (address, size) of every register window, as decimal text.
  let addresses: [[String]]
  /// INTIDs; `nil` where that reader does not know the way.
  let interrupts: [UInt32]?
}
