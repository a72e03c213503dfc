/// Where following an address to the CPUs' address map ends.
enum Translation {
  /// At this CPU physical address.
  case mapped(UInt64)
  /// At this CPU physical address, but the last bytes are in no range; how, in words.
  case overrun(UInt64, String)
  /// Nowhere, and rightly so: a bus above does not map its children's addresses.
  case notMapped
  /// Nowhere, because of something malformed; what, as the end of a sentence that starts with the entry.
  case fault(String)

  /// The CPU physical address, if there is one.
  var address: UInt64? {
    switch self {
    case .mapped(let address), .overrun(let address, _): address
    case .notMapped, .fault: nil
    }
  }

  /// What is wrong, if anything.
  var message: String? {
    switch self {
    case .overrun(_, let message), .fault(let message): message
    case .mapped, .notMapped: nil
    }
  }
}
