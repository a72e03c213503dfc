/// The driver side of a virtio block device: one queue, several requests under way, each of one header, one buffer and one
/// status in a slot of its own within the pages.
///
/// The server is not believed either: what it gives back has to be under way, once.
public struct BlockClient<Pages: SharedPages> {
  /// Requests that can be under way, three descriptors each.
  public static var slots: Int { 16 }
  /// Bytes of a slot's buffer.
  public static var bufferSize: UInt64 { 4096 }
  /// Bytes of the pages that the client needs: a page for the queue and the headers, and the buffers.
  public static var demand: UInt64 { 4096 + UInt64(slots) * bufferSize }

  /// A request that has come back.
  public struct Completion: Equatable, Sendable {
    /// Its slot.
    public let slot: Int
    /// Whether the server says that it was carried out.
    public let isDone: Bool

    /// What came back.
    public init(slot: Int, isDone: Bool) {
      self.slot = slot
      self.isDone = isDone
    }
  }

  /// What there is to take.
  public enum Outcome: Equatable, Sendable {
    case none
    case completed(Completion)
    /// The server broke the rules: the device is of no more use until it is reset.
    case broken
  }

  /// The queue as the client set it up, for the device's registers.
  public let queue: QueueLayout
  private let pages: Pages
  /// Slots under way, one bit each.
  private var busy: UInt32 = 0
  /// Requests made so far, and completions taken.
  private var made: UInt16 = 0
  private var taken: UInt16 = 0

  /// Sets the queue up in zeroed pages; `nil` where they are too small or do not start on a page.
  public init?(pages: Pages) {
    let base = pages.range.base
    guard base % 4096 == 0, pages.range.size >= Self.demand,
      let queue = QueueLayout(
        entries: 64, descriptors: base, available: base + 1024, used: base + 1280, in: pages.range)
    else { return nil }
    self.pages = pages
    self.queue = queue
    for offset in stride(from: UInt64(0), to: 4096, by: 4) { pages.store32(base + offset, 0) }
  }

  /// A slot that is not under way.
  public var freeSlot: Int? {
    let free = (~busy).trailingZeroBitCount
    return free < Self.slots ? free : nil
  }

  /// Whether nothing is under way.
  public var isIdle: Bool { busy == 0 }

  /// The first address of a slot's buffer.
  public func buffer(_ slot: Int) -> UInt64 { pages.range.base + 4096 + UInt64(slot % Self.slots) * Self.bufferSize }

  /// Asks for sectors to be read into a free slot's buffer, or to be written from it; the device is then to be notified.
  public mutating func request(slot: Int, isWrite: Bool, sector: UInt64, count: UInt64) {
    let length = count * BlockRequest.sectorSize
    precondition(slot < Self.slots && busy & 1 << UInt32(slot) == 0 && length > 0 && length <= Self.bufferSize)
    busy |= 1 << UInt32(slot)
    let header = header(slot)
    pages.store32(header, isWrite ? BlockRequest.write : BlockRequest.read)
    pages.store32(header + 4, 0)
    pages.store64(header + 8, sector)
    pages.store8(status(slot), 0xFF)
    let first = UInt16(slot * 3)
    Descriptor(
      address: header, length: UInt32(BlockRequest.headerSize), flags: Descriptor.next, following: first + 1
    ).store(first, of: queue, in: pages)
    Descriptor(
      address: buffer(slot), length: UInt32(length),
      flags: Descriptor.next | (isWrite ? 0 : Descriptor.deviceWrites), following: first + 2
    ).store(first + 1, of: queue, in: pages)
    Descriptor(address: status(slot), length: 1, flags: Descriptor.deviceWrites, following: 0)
      .store(first + 2, of: queue, in: pages)
    pages.store16(queue.availableEntry(made), first)
    made &+= 1
    pages.barrier()
    pages.store16(queue.availableIndex, made)
    pages.barrier()
  }

  /// Takes one completion.
  public mutating func complete() -> Outcome {
    let index = pages.load16(queue.usedIndex)
    if index &- taken > UInt16(busy.nonzeroBitCount) { return .broken }
    if index == taken { return .none }
    pages.barrier()
    let head = pages.load32(queue.usedEntry(taken))
    let slot = Int(head / 3)
    guard head % 3 == 0, slot < Self.slots, busy & 1 << UInt32(slot) != 0 else { return .broken }
    taken &+= 1
    busy &= ~(1 << UInt32(slot))
    return .completed(Completion(slot: slot, isDone: pages.load8(status(slot)) == BlockRequest.ok))
  }

  /// The headers and statuses follow the queue in the first page.
  private func header(_ slot: Int) -> UInt64 { pages.range.base + 2048 + UInt64(slot) * 32 }
  private func status(_ slot: Int) -> UInt64 { header(slot) + 16 }
}
