/// A request's descriptors, copied out of the pages and checked, so that nothing changes any more: parts that the device
/// reads, then parts that it writes, each whole within the pages.
public struct DescriptorChain {
  /// Why a chain is refused.
  public enum Fault: Equatable, Sendable {
    /// It starts or goes on at a descriptor that the table does not have.
    case number
    /// It is longer than the table, so it has come back to where it was.
    case loop
    /// It uses a table of descriptors, which was not offered.
    case indirect
    /// A part is empty or lies outside the pages.
    case address
    /// A part that the device reads stands behind one that it writes.
    case order
  }

  /// A chain, or why it is none.
  public enum Reading {
    case chain(DescriptorChain)
    case fault(Fault)
  }

  /// How many parts the device reads.
  public private(set) var readable = 0
  /// How many parts there are.
  public private(set) var count = 0
  private var addresses = InlineArray<64, UInt64>(repeating: 0)
  private var lengths = InlineArray<64, UInt32>(repeating: 0)

  private init() {}

  /// Follows a chain from its head.
  public static func read(head: UInt16, of queue: QueueLayout, in pages: borrowing some SharedPages) -> Reading {
    var chain = DescriptorChain()
    var number = head
    while true {
      if number >= queue.entries { return .fault(.number) }
      if chain.count == Int(queue.entries) { return .fault(.loop) }
      let part = Descriptor(number, of: queue, in: pages)
      if part.flags & Descriptor.indirect != 0 { return .fault(.indirect) }
      if !pages.range.contains(part.address, size: UInt64(part.length)) { return .fault(.address) }
      if part.flags & Descriptor.deviceWrites == 0 {
        if chain.readable != chain.count { return .fault(.order) }
        chain.readable += 1
      }
      chain.addresses[chain.count] = part.address
      chain.lengths[chain.count] = part.length
      chain.count += 1
      if part.flags & Descriptor.next == 0 { return .chain(chain) }
      number = part.following
    }
  }

  /// A part by number, below `count`.
  public func part(_ index: Int) -> (address: UInt64, length: UInt32) { (addresses[index], lengths[index]) }

  /// Bytes of some parts together: at most 64 of 4 GiB each.
  public func length(of parts: Range<Int>) -> UInt64 {
    var sum: UInt64 = 0
    for index in parts { sum += UInt64(lengths[index]) }
    return sum
  }
}
