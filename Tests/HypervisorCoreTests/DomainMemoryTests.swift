import HypervisorCore
import ImageFormat
import Testing

/// The order in which a restart touches maps, memory, caches and TLBs: what no emulator shows when it is wrong.
@Suite struct DomainMemoryTests {
  /// What happened, in order.
  enum Event: Equatable {
    case map(UInt64)
    case clear(UInt64, UInt64)
    case copy(UInt64, UInt64, UInt64)
    case clean(UInt64)
    case tlbiALLE2, tlbiVMALLS12E1IS, icIALLUIS, dsb, isb
  }

  final class Recording: MemoryHardware {
    var events: [Event] = []
    let lineSize: UInt64
    init(lineSize: UInt64) { self.lineSize = lineSize }
    func setTranslationTable(_ root: UInt64) { events.append(.map(root)) }
    func invalidateOwnTranslations() { events.append(.tlbiALLE2) }
    func invalidateDomainTranslations() { events.append(.tlbiVMALLS12E1IS) }
    func invalidateInstructions() { events.append(.icIALLUIS) }
    func dataBarrier() { events.append(.dsb) }
    func instructionBarrier() { events.append(.isb) }
    func cleanLine(_ address: UInt64) { events.append(.clean(address)) }
    func clear(_ address: UInt64, _ size: UInt64) { events.append(.clear(address, size)) }
    func copy(_ source: UInt64, to destination: UInt64, _ size: UInt64) {
      events.append(.copy(source, destination, size))
    }
  }

  static let own: UInt64 = 0x4020_8000
  static let other: UInt64 = 0x4020_9000
  static let spans: [(UInt64, UInt64)] = [(0x5000_0000, 0x3_1000), (0x6000_0000, 0x1000)]
  static let copies: [(UInt64, UInt64, UInt64)] = [(0x4100_0000, 0x5000_0010, 0x1_8001), (0x4102_0000, 0x6000_0000, 7)]

  /// A table with one restart record of these spans and copies, which `body` sees.
  private func withMemory(lineSize: UInt64, _ body: (DomainMemory<Recording>, Recording) -> Void) {
    let raw = UnsafeMutableRawPointer.allocate(byteCount: 4096, alignment: 64)
    defer { raw.deallocate() }
    raw.initializeMemory(as: UInt8.self, repeating: 0, count: 4096)
    let table = raw.assumingMemoryBound(to: PartitionTable.self)
    table.pointee.translationTable = Self.own
    (table.pointee.restartCount, table.pointee.restartsOffset) = (1, 512)
    (table.pointee.spanCount, table.pointee.spansOffset) = (2, 1024)
    (table.pointee.copyCount, table.pointee.copiesOffset) = (2, 2048)
    let restart = raw.advanced(by: 512).assumingMemoryBound(to: RestartRecord.self)
    restart.pointee.translationTable = Self.other
    (restart.pointee.spanCount, restart.pointee.copyCount) = (2, 2)
    let spans = raw.advanced(by: 1024).assumingMemoryBound(to: MemorySpan.self)
    let copies = raw.advanced(by: 2048).assumingMemoryBound(to: MemoryCopy.self)
    for index in 0..<2 {
      (spans[index].base, spans[index].size) = Self.spans[index]
      (copies[index].source, copies[index].destination, copies[index].size) = Self.copies[index]
    }
    let recording = Recording(lineSize: lineSize)
    let partition = PartitionHandle(table)
    body(DomainMemory(hardware: recording, partition: partition, restart: partition.restart(0)), recording)
  }

  @Test(arguments: [16, 64, 2048] as [UInt64])
  func `every byte is cleared, then copied, and every line of it cleaned after its last write`(lineSize: UInt64) {
    withMemory(lineSize: lineSize) { memory, recording in
      #expect(memory.renew { true })
      var cleared: Set<UInt64> = []
      var dirty: Set<UInt64> = []
      var copied = [0, 0] as [UInt64]
      for event in recording.events {
        switch event {
        case .clear(let base, let size):
          for page in stride(from: base, to: base + size, by: 4096) { #expect(cleared.insert(page).inserted) }
          for line in stride(from: base & ~(lineSize - 1), to: base + size, by: Int(lineSize)) { dirty.insert(line) }
        case .copy(let source, let destination, let size):
          #expect(cleared.count == 0x32)
          let index = source >= Self.copies[1].0 ? 1 : 0
          #expect(source == Self.copies[index].0 + copied[index])
          #expect(destination == Self.copies[index].1 + copied[index])
          copied[index] += size
          let first = destination & ~(lineSize - 1)
          for line in stride(from: first, to: destination + size, by: Int(lineSize)) { dirty.insert(line) }
        case .clean(let line): dirty.remove(line)
        default: break
        }
      }
      #expect(copied == Self.copies.map(\.2) && dirty.isEmpty)
    }
  }

  @Test func `the domain's memory is touched under its own map only, and both changes of map forget the old one`() {
    withMemory(lineSize: 64) { memory, recording in
      #expect(memory.renew { true })
      let change: (UInt64) -> [Event] = { [.dsb, .map($0), .isb, .tlbiALLE2, .dsb, .isb] }
      #expect(recording.events.starts(with: change(Self.other)))
      let end: [Event] = change(Self.own) + [.icIALLUIS, .tlbiVMALLS12E1IS, .dsb, .isb]
      #expect(recording.events.suffix(end.count).elementsEqual(end))
      let middle = recording.events.dropFirst(6).dropLast(end.count)
      #expect(
        middle.allSatisfy { event in
          switch event {
          case .clear, .copy, .clean: true
          default: false
          }
        })
    }
  }

  @Test func `it looks up every 64 KiB, and when it is told to stop it leaves with its own map`() {
    withMemory(lineSize: 64) { memory, recording in
      var looks = 0
      #expect(
        memory.renew {
          looks += 1
          return true
        })
      #expect(looks == 4 + 1 + 2 + 1)
      recording.events.removeAll()
      looks = 0
      #expect(
        !memory.renew {
          looks += 1
          return looks < 3
        })
      let cleared = recording.events.compactMap { if case .clear(_, let size) = $0 { size } else { nil } }
      #expect(cleared == [0x1_0000, 0x1_0000, 0x1_0000])
      #expect(recording.events.suffix(6).elementsEqual([.dsb, .map(Self.own), .isb, .tlbiALLE2, .dsb, .isb]))
    }
  }
}
