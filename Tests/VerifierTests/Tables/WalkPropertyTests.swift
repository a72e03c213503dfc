import Ownership
import TestSupport
import Testing

@testable import Verifier

@Suite("A walk against a lookup of single addresses")
struct WalkPropertyTests {
  /// Whether both say the same of an address.
  private func agree(_ reading: TranslationReading, _ lookup: SlowLookup, at address: UInt64) -> Bool {
    let run = reading.run(at: address)
    guard let found = lookup.look(up: address) else { return run == nil }
    return run?.output(of: address) == found.output
      && run?.attributes == found.descriptor & DescriptorBits.attributes
  }

  @Test(
    "they agree on every board's images, at the edges of every leaf and at addresses by chance",
    arguments: DemonstrationTests.manifests)
  func boards(manifest: String) throws {
    let built = try BuiltSystem(manifest)
    let system = try built.system()
    var random = SeededGenerator(seed: 4)
    for reading in [system.hypervisorMap] + system.domains.map(\.stage2) {
      let lookup = SlowLookup(
        image: built.image, root: reading.root.base, inputBits: reading.inputBits, startLevel: reading.startLevel)
      let edges = reading.leaves.flatMap { leaf in
        [leaf.input, leaf.input &- 1, leaf.input + leaf.size - 1, leaf.input + leaf.size]
      }
      let chance = (0..<2000).map { _ in random.next() >> UInt64(64 - reading.inputBits) }
      let wrong = (edges + chance).filter { !agree(reading, lookup, at: $0) }
      #expect(wrong == [], "\(reading.root)")
      #expect(!edges.isEmpty)
    }
  }

  @Test("they agree on tables of random entries, valid or not", arguments: 0..<40 as Range<UInt64>)
  func random(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var tables = SyntheticTables(pages: 12)
    // Page 0 is the root, pages 1 to 3 are of level 2, the others of level 3, each led to once.
    for (page, index) in [(1, 0), (2, 1), (3, 3)] { tables[0, index] = SyntheticTables.table(page) }
    for page in 4..<12 { tables[1 + page % 3, page * 7] = SyntheticTables.table(page) }
    for page in 1..<12 {
      for _ in 0..<200 {
        let index = Int(random.next() % 512)
        guard tables[page, index] == 0 else { continue }
        let level: UInt64 = page < 4 ? 0b01 : 0b11
        let isValid = random.next() % 4 != 0
        tables[page, index] = random.next() & ~0b11 | (isValid ? level : random.next() & 0b10)
      }
    }
    let reading = try tables.walk()
    let image = try tables.image()
    let lookup = SlowLookup(image: image, root: SyntheticTables.base, inputBits: 32, startLevel: 1)
    let addresses = (0..<4000).map { _ in random.next() >> 32 } + reading.leaves.map(\.input)
    let wrong = addresses.filter { !agree(reading, lookup, at: $0) }
    #expect(wrong == [])
    #expect(reading.leaves.count > 1000)
  }
}
