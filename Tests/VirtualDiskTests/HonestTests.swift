import Testing
import VirtualDisk

@Suite("A client and a server that keep to the rules")
struct HonestTests {
  @Test("what is written is what is read, over every sector, many requests under way, in an order of the server's")
  func everySector() throws {
    let pages = ModelPages()
    let disk = ModelDisk(sectors: 256)
    var client = try #require(BlockClient(pages: pages))
    var server = BlockServer(queue: client.queue, pages: pages, storage: disk)
    for isWrite in [true, false] {
      var sector: UInt64 = 0
      var done: UInt64 = 0
      var places: [Int: UInt64] = [:]
      while done < 256 {
        while sector < 256, let slot = client.freeSlot {
          for byte in 0..<UInt64(1024) where isWrite { pages.store8(client.buffer(slot) + byte, value(sector, byte)) }
          client.request(slot: slot, isWrite: isWrite, sector: sector, count: 2)
          places[slot] = sector
          sector += 2
        }
        #expect(server.serve(most: 5) != .broken)
        while case .completed(let completion) = client.complete() {
          #expect(completion.isDone)
          let first = try #require(places[completion.slot])
          for byte in 0..<UInt64(1024) where !isWrite {
            #expect(pages.load8(client.buffer(completion.slot) + byte) == value(first, byte))
          }
          done += 2
        }
      }
      #expect(client.isIdle)
    }
  }

  private func value(_ sector: UInt64, _ byte: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: sector &* 7 &+ byte) }

  @Test("sectors beyond the disk are refused one by one, and the disk stays as it is")
  func bounds() throws {
    let pages = ModelPages()
    let disk = ModelDisk(sectors: 16)
    let before = disk.bytes
    var client = try #require(BlockClient(pages: pages))
    var server = BlockServer(queue: client.queue, pages: pages, storage: disk)
    for (sector, count) in [(16, 1), (15, 2), (UInt64.max, 1), (UInt64.max / 512, 8)] as [(UInt64, UInt64)] {
      for isWrite in [false, true] {
        client.request(slot: try #require(client.freeSlot), isWrite: isWrite, sector: sector, count: count)
        #expect(server.serve(most: 8) == .served(1))
        guard case .completed(let completion) = client.complete() else {
          Issue.record("no completion")
          return
        }
        #expect(!completion.isDone)
      }
    }
    client.request(slot: 0, isWrite: false, sector: 15, count: 1)
    #expect(server.serve(most: 8) == .served(1))
    #expect(client.complete() == .completed(.init(slot: 0, isDone: true)))
    #expect(disk.bytes == before)
  }

  @Test("the client's running indices wrap around")
  func wrapping() throws {
    let pages = ModelPages()
    var client = try #require(BlockClient(pages: pages))
    let queue = client.queue
    for round in 0..<70_000 {
      client.request(slot: round % 16, isWrite: round % 3 == 0, sector: 0, count: 1)
      let number = UInt64(round % 64)
      let head = pages.load16(queue.available + 4 + number * 2)
      pages.store32(queue.used + 4 + number * 8, UInt32(head))
      pages.store8(client.queue.descriptors + 2048 + UInt64(round % 16) * 32 + 16, 0)
      pages.store16(queue.used + 2, UInt16(truncatingIfNeeded: round + 1))
      let outcome = client.complete()
      if outcome != .completed(.init(slot: round % 16, isDone: true)) {
        Issue.record("round \(round): \(outcome)")
        return
      }
    }
  }

  @Test("the server's running indices wrap around")
  func wrappingServer() throws {
    let pages = ModelPages()
    var client = try #require(BlockClient(pages: pages))
    // A request for nothing but a flush (virtio 1.2, 5.2.6), in the client's own descriptors.
    client.request(slot: 0, isWrite: false, sector: 0, count: 1)
    let queue = client.queue
    pages.store32(queue.descriptors + 2048, 4)
    for entry in 0..<64 as Range<UInt64> { pages.store16(queue.available + 4 + entry * 2, 0) }
    var server = BlockServer(queue: queue, pages: pages, storage: ModelDisk(sectors: 1))
    for round in 1...70_000 {
      pages.store16(queue.available + 2, UInt16(truncatingIfNeeded: round))
      if server.serve(most: 2) != .served(1) {
        Issue.record("round \(round)")
        return
      }
    }
    #expect(pages.load16(queue.used + 2) == UInt16(truncatingIfNeeded: 70_000))
  }
}
