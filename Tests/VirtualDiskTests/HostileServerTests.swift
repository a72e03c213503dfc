import Testing
import VirtualDisk

@Suite("A client whose server breaks the rules")
struct HostileServerTests {
  private let pages = ModelPages()

  private func client() throws -> BlockClient<ModelPages> {
    var client = try #require(BlockClient(pages: pages))
    client.request(slot: 0, isWrite: false, sector: 0, count: 1)
    client.request(slot: 1, isWrite: false, sector: 1, count: 1)
    return client
  }

  private func give(_ queue: QueueLayout, _ heads: [UInt32], index: UInt16) {
    for (place, head) in heads.enumerated() { pages.store32(queue.used + 4 + UInt64(place) * 8, head) }
    pages.store16(queue.used + 2, index)
  }

  @Test("a completion of something that is not under way ends it", arguments: [1, 2, 6, 48, 63, 64, 0x8000_0000, .max])
  func strangers(head: UInt32) throws {
    var client = try client()
    give(client.queue, [head], index: 1)
    #expect(client.complete() == .broken)
  }

  @Test("a request comes back once")
  func twice() throws {
    var client = try client()
    give(client.queue, [3, 3], index: 2)
    #expect(client.complete() != .broken)
    #expect(client.complete() == .broken)
  }

  @Test("an index further ahead than what is under way ends it", arguments: [3, 64, 0x7FFF, 0xFFFF])
  func runaway(index: UInt16) throws {
    var client = try client()
    give(client.queue, [0, 3], index: index)
    #expect(client.complete() == .broken)
  }

  @Test("a server that says nothing about a request has not carried it out")
  func silent() throws {
    var client = try client()
    give(client.queue, [0], index: 1)
    #expect(client.complete() == .completed(.init(slot: 0, isDone: false)))
  }
}
