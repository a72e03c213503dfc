/// The device side of a virtio block device with one queue (virtio 1.2, 5.2), over pages that a client works in as well.
///
/// Nothing that the client writes is believed: the ring's index is compared with what may be under way, chains are copied
/// and checked before anything is touched, and sectors are compared with the disk's. What is wrong with one request fails
/// that request where it can say so; what is wrong with the ring ends the queue until the client resets the device.
public struct BlockServer<Pages: SharedPages, Storage: BlockStorage> {
  /// What became of a look at the queue.
  public enum Outcome: Equatable, Sendable {
    /// This many requests were carried out; the client is to be told if there were any.
    case served(Int)
    /// The queue is of no more use: DEVICE_NEEDS_RESET.
    case broken
  }

  private let pages: Pages
  private let storage: Storage
  private let queue: QueueLayout
  /// Requests taken so far, and so the used ring's index.
  private var taken: UInt16 = 0
  private var isBroken = false

  /// A server of a queue from its start.
  public init(queue: QueueLayout, pages: Pages, storage: Storage) {
    self.queue = queue
    self.pages = pages
    self.storage = storage
  }

  /// Carries out what is there, `most` requests at the most, so that a client that goes on asking does not keep the
  /// server from everything else.
  public mutating func serve(most: Int) -> Outcome {
    if isBroken { return .broken }
    var served = 0
    while served < most {
      let index = pages.load16(queue.availableIndex)
      // More than the table has cannot be under way (2.7.13.3).
      if index &- taken > queue.entries { return stop() }
      if index == taken { break }
      pages.barrier()
      let head = pages.load16(queue.availableEntry(taken))
      guard case .chain(let chain) = DescriptorChain.read(head: head, of: queue, in: pages),
        let written = carryOut(chain)
      else { return stop() }
      finish(head, written: written)
      served += 1
    }
    return .served(served)
  }

  private mutating func stop() -> Outcome {
    isBroken = true
    return .broken
  }

  private mutating func finish(_ head: UInt16, written: UInt32) {
    let entry = queue.usedEntry(taken)
    pages.store32(entry, UInt32(head))
    pages.store32(entry + 4, written)
    taken &+= 1
    pages.barrier()
    pages.store16(queue.usedIndex, taken)
    pages.barrier()
  }

  /// Carries a request out, and gives the bytes that it wrote; `nil` for one that has no place for its status.
  private func carryOut(_ chain: DescriptorChain) -> UInt32? {
    // Framing is the client's choice elsewhere; here the header is a part of its own, and so is the status (the last).
    guard chain.readable >= 1, chain.count > chain.readable else { return nil }
    let (header, headerLength) = chain.part(0)
    let (status, statusLength) = chain.part(chain.count - 1)
    guard UInt64(headerLength) == BlockRequest.headerSize, statusLength == 1, header % 4 == 0 else { return nil }
    let sector = pages.load64(header + 8)
    var written: UInt64 = 0
    let result: UInt8
    switch pages.load32(header) {
    case BlockRequest.read:
      let parts = chain.readable..<chain.count - 1
      let isWhole = chain.readable == 1 && isOnDisk(sector, chain.length(of: parts))
      if isWhole { written = fill(parts, of: chain, from: sector) }
      result = isWhole ? BlockRequest.ok : BlockRequest.failed
    case BlockRequest.write:
      let parts = 1..<chain.readable
      let isWhole = chain.readable == chain.count - 1 && isOnDisk(sector, chain.length(of: parts))
      if isWhole { keep(parts, of: chain, from: sector) }
      result = isWhole ? BlockRequest.ok : BlockRequest.failed
    case BlockRequest.flush: result = BlockRequest.ok
    default: result = BlockRequest.unsupported
    }
    pages.store8(status, result)
    return UInt32(truncatingIfNeeded: written + 1)
  }

  /// Whole sectors, all of them on the disk, and no more than the pages hold: parts may overlap, and a request shall not
  /// take longer than a look at every page.
  private func isOnDisk(_ sector: UInt64, _ length: UInt64) -> Bool {
    guard length > 0, length % BlockRequest.sectorSize == 0, length <= pages.range.size else { return false }
    let count = length / BlockRequest.sectorSize
    return count <= storage.sectors && sector <= storage.sectors - count
  }

  private func fill(_ parts: Range<Int>, of chain: DescriptorChain, from sector: UInt64) -> UInt64 {
    var offset = sector * BlockRequest.sectorSize
    for index in parts {
      let (address, length) = chain.part(index)
      for byte in 0..<UInt64(length) {
        pages.store8(address + byte, storage.load(offset))
        offset += 1
      }
    }
    return offset - sector * BlockRequest.sectorSize
  }

  private func keep(_ parts: Range<Int>, of chain: DescriptorChain, from sector: UInt64) {
    var offset = sector * BlockRequest.sectorSize
    for index in parts {
      let (address, length) = chain.part(index)
      for byte in 0..<UInt64(length) {
        storage.store(offset, pages.load8(address + byte))
        offset += 1
      }
    }
  }
}
