import Testing
import VirtualDisk

@Suite("A server whose client breaks the rules")
struct HostileClientTests {
  private let pages = ModelPages()
  private let disk = ModelDisk(sectors: 64)
  private let queue: QueueLayout
  private let data: UInt64

  init() throws {
    let base = pages.range.base
    queue = try #require(
      QueueLayout(entries: 8, descriptors: base, available: base + 1024, used: base + 2048, in: pages.range))
    data = base + 0x1_0000
  }

  private func descriptor(_ number: Int, _ address: UInt64, _ length: UInt32, _ flags: UInt16, _ next: UInt16) {
    let place = queue.descriptors + UInt64(number) * 16
    pages.store32(place, UInt32(truncatingIfNeeded: address))
    pages.store32(place + 4, UInt32(truncatingIfNeeded: address >> 32))
    pages.store32(place + 8, length)
    pages.store16(place + 12, flags)
    pages.store16(place + 14, next)
  }

  private func offer(_ head: UInt16, index: UInt16 = 1) {
    pages.store16(queue.available + 4, head)
    pages.store16(queue.available + 2, index)
  }

  /// A request that is right, for tests to spoil: header, 512 bytes to be filled, status.
  private func rightRequest() {
    pages.store32(data, 0)
    pages.store32(data + 8, 1)
    descriptor(0, data, 16, 1, 1)
    descriptor(1, data + 0x1000, 512, 3, 2)
    descriptor(2, data + 0x2000, 1, 2, 0)
  }

  private func outcome() -> BlockServer<ModelPages, ModelDisk>.Outcome {
    var server = BlockServer(queue: queue, pages: pages, storage: disk)
    return server.serve(most: 100)
  }

  @Test("the request that the others spoil is carried out")
  func right() {
    rightRequest()
    offer(0)
    #expect(outcome() == .served(1))
    #expect(pages.load8(data + 0x2000) == 0)
    #expect((0..<512).allSatisfy { pages.load8(data + 0x1000 + $0) == disk.load(512 + $0) })
    #expect(pages.load32(queue.used + 8) == 513)
  }

  @Test("a chain that leads back into itself ends after as many descriptors as there are")
  func loops() {
    for target in 0..<3 as Range<UInt16> {
      rightRequest()
      descriptor(2, data + 0x2000, 1, 3, target)
      offer(0)
      #expect(outcome() == .broken)
    }
    for number in 0..<8 { descriptor(number, data, 16, 1, UInt16((number + 1) % 8)) }
    offer(3)
    #expect(outcome() == .broken)
  }

  @Test("numbers beyond the table, as head or in a chain, are followed nowhere", arguments: [8, 9, 0x8000, 0xFFFF])
  func numbers(number: UInt16) {
    rightRequest()
    offer(number)
    #expect(outcome() == .broken)
    descriptor(1, data + 0x1000, 512, 3, number)
    offer(0)
    #expect(outcome() == .broken)
  }

  @Test("an address outside the pages, or a length that leads out of them, is never touched")
  func addresses() throws {
    let end = pages.range.base + pages.range.size
    let places: [(UInt64, UInt32)] = [
      (0, 512), (pages.range.base - 1, 512), (pages.range.base - 512, 512), (end - 511, 512), (end, 512),
      (UInt64.max - 511, 512), (UInt64.max, 512), (data, .max), (end - 1, 2), (data, 0), (1 << 63, 512),
    ]
    for (address, length) in places {
      for part in 0..<3 {
        rightRequest()
        descriptor(part, address, length, [1, 3, 2][part], UInt16(part + 1) % 3)
        offer(0)
        #expect(outcome() == .broken, "part \(part) at \(address), \(length) bytes")
      }
    }
  }

  @Test("an index that is further ahead than the table is long ends the queue")
  func runaway() {
    for index in [9, 10, 0x7FFF, 0x8000, 0xFFFF] as [UInt16] {
      rightRequest()
      offer(0, index: index)
      #expect(outcome() == .broken)
    }
  }

  @Test("indirect tables, wrong orders, and requests without header or status end the queue")
  func shapes() {
    func spoilt(_ spoil: () -> Void) {
      rightRequest()
      spoil()
      offer(0)
      #expect(outcome() == .broken)
    }
    spoilt { descriptor(1, data + 0x1000, 512, 7, 2) }
    spoilt { descriptor(2, data + 0x2000, 1, 0, 0) }
    spoilt { descriptor(0, data, 16, 3, 1) }
    spoilt { descriptor(0, data, 15, 1, 1) }
    spoilt { descriptor(0, data, 16, 0, 1) }
    spoilt { descriptor(0, data + 1, 16, 1, 1) }
    spoilt { descriptor(2, data + 0x2000, 2, 2, 0) }
  }

  @Test("kinds of requests that there are not, lengths that are no sectors, and data in the wrong direction fail alone")
  func wrongRequests() {
    func status(_ spoil: () -> Void) -> UInt8 {
      rightRequest()
      spoil()
      pages.store8(data + 0x2000, 0xFF)
      offer(0)
      #expect(outcome() == .served(1))
      return pages.load8(data + 0x2000)
    }
    #expect(status { pages.store32(data, 77) } == 2)
    #expect(status { pages.store32(data, 1) } == 1)
    #expect(status { descriptor(1, data + 0x1000, 511, 3, 2) } == 1)
    #expect(status { descriptor(1, data + 0x1000, 512, 1, 2) } == 1)
    #expect(status { pages.store32(data + 12, 1) } == 1)
    #expect(status { pages.store32(data, 4) } == 0)
  }

  @Test("parts that overlap again and again are no more work than the pages are long")
  func overlapping() {
    pages.store32(data, 0)
    pages.store32(data + 8, 0)
    descriptor(0, data, 16, 1, 1)
    for number in 1..<7 { descriptor(number, data, 0xF_0000, 3, UInt16(number + 1)) }
    descriptor(7, data + 0x2000, 1, 2, 0)
    offer(0)
    #expect(outcome() == .served(1))
    #expect(pages.load8(data + 0x2000) == 1)
  }

  @Test("a client that always offers more gets so much at a time")
  func endless() {
    rightRequest()
    for entry in 0..<8 { pages.store16(queue.available + 4 + UInt64(entry) * 2, 0) }
    pages.meanwhile = { [queue] pages, address in
      if address == queue.available + 2 {
        let used = pages.load32(queue.used) >> 16
        pages.store16(queue.available + 2, UInt16(truncatingIfNeeded: used) &+ 8)
      }
    }
    var server = BlockServer(queue: queue, pages: pages, storage: disk)
    for _ in 0..<10 { #expect(server.serve(most: 20) == .served(20)) }
  }

  @Test("a broken queue stays broken")
  func forGood() {
    rightRequest()
    offer(9)
    var server = BlockServer(queue: queue, pages: pages, storage: disk)
    #expect(server.serve(most: 1) == .broken)
    offer(0, index: 1)
    #expect(server.serve(most: 1) == .broken)
  }

  @Test("random rings, twenty thousand of them, touch nothing outside the pages and never stop the server")
  func noise() {
    var random = SystemOfNumbers(seed: 5)
    var served = 0
    for _ in 0..<20_000 {
      rightRequest()
      offer(0)
      for _ in 0..<random.next() % 4 {
        let place = [queue.descriptors, queue.available, data][Int(random.next() % 3)]
        pages.store16(place + random.next() % 24 * 2, UInt16(truncatingIfNeeded: random.next()))
      }
      pages.store16(queue.available + 2, UInt16(random.next() % 3))
      pages.store16(queue.used + 2, 0)
      if case .served(let count) = outcome() { served += count }
    }
    // Some were carried out, so that it was no noise alone.
    #expect(served > 1000)
  }
}
