import Testing
import VirtualDisk

@Suite("Where a queue may be")
struct QueueLayoutTests {
  private let pages = PageRange(base: 0x1000, size: 0x2000)

  private func layout(_ entries: UInt16, _ descriptors: UInt64, _ available: UInt64, _ used: UInt64) -> Bool {
    pages.flatMap {
      QueueLayout(entries: entries, descriptors: descriptors, available: available, used: used, in: $0)
    } != nil
  }

  @Test("up to the last byte of the pages, aligned, and of a size that is a power of two")
  func good() {
    #expect(layout(64, 0x1000, 0x1400, 0x1500))
    #expect(layout(1, 0x2FF0, 0x2FF8, 0x2FF0))
    #expect(layout(8, 0x2F80, 0x2FEA, 0x2FB8))
  }

  @Test("nowhere else")
  func bad() {
    for entries in [0, 3, 63, 128, 0x8000, .max] as [UInt16] { #expect(!layout(entries, 0x1000, 0x1400, 0x1500)) }
    for place in [0, 0xFF0, 0x3000, 0x2F90, 0x1008, UInt64.max - 15, 1 << 63] {
      #expect(!layout(8, place, 0x1400, 0x1500))
    }
    for place in [0, 0xFFE, 0x3000, 0x2FEC, 0x1401, UInt64.max - 1] { #expect(!layout(8, 0x1000, place, 0x1500)) }
    for place in [0, 0xFFC, 0x3000, 0x2FBC, 0x1502, UInt64.max - 3] { #expect(!layout(8, 0x1000, 0x1400, place)) }
  }

  @Test("pages that are too few, or start in the middle of one, have no client")
  func clients() {
    #expect(BlockClient(pages: ModelPages(size: Int(BlockClient<ModelPages>.demand))) != nil)
    #expect(BlockClient(pages: ModelPages(size: Int(BlockClient<ModelPages>.demand) - 4096)) == nil)
    #expect(BlockClient(pages: ModelPages(base: 0x7FE0_0800)) == nil)
  }
}
