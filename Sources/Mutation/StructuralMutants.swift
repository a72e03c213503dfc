import Ownership
import Verifier

/// Changes of more than one bit that keep every part well formed by itself: tables exchanged, descriptors exchanged,
/// descriptors that lead to another table, records doubled and exchanged.
struct StructuralMutants {
  private static let page = 4096

  private let image: MemoryImage
  private let system: FinishedSystem

  /// Looks at an image as it was built.
  init(_ image: MemoryImage, _ system: FinishedSystem) {
    self.image = image
    self.system = system
  }

  /// All of them; those that would change nothing (two equal pages) are not among them.
  func all() -> [Mutant] { swappedPages() + swappedDescriptors() + redirectedTables() + records() }

  private struct Page {
    let address: UInt64
    let structure: MutatedStructure
    let bytes: [UInt8]
  }

  /// Every 4 KiB of tables, roots included.
  private func pages() -> [Page] {
    var pages: [Page] = []
    let readings =
      ([system.hypervisorMap] + system.domains.compactMap(\.restartMap)).map { ($0, MutatedStructure.hypervisorTables) }
      + system.domains.map { ($0.stage2, .domainTables) }
    for (reading, structure) in readings {
      let roots = stride(from: reading.root.base, through: reading.root.last, by: Self.page)
      for address in Array(roots) + Set(reading.tables).sorted() {
        // A root of a few entries is shorter than a page, and other things stand behind it.
        let size = min(UInt64(Self.page), reading.root.contains(address) ? reading.root.last - address + 1 : 4096)
        guard let bytes = bytes(address, size) else { continue }
        pages.append(Page(address: address, structure: structure, bytes: bytes))
      }
    }
    return pages
  }

  private func bytes(_ address: UInt64, _ size: UInt64) -> [UInt8]? {
    AddressRange(base: address, size: size).flatMap { image.bytes(at: $0) }
  }

  private func swappedPages() -> [Mutant] {
    let pages = pages().filter { $0.bytes.count == Self.page }
    return pages.indices.flatMap { first in
      pages[(first + 1)...].compactMap { other -> Mutant? in
        let page = pages[first]
        guard page.bytes != other.bytes else { return nil }
        return Mutant(
          name: "tables \(page.address.hexadecimal) and \(other.address.hexadecimal) exchanged",
          structure: page.structure,
          patches: [
            Mutant.Patch(address: page.address, bytes: other.bytes),
            Mutant.Patch(address: other.address, bytes: page.bytes),
          ])
      }
    }
  }

  /// Each descriptor exchanged with its neighbour, and with the one half a table away.
  private func swappedDescriptors() -> [Mutant] {
    pages().flatMap { page in
      let count = page.bytes.count / 8
      return (0..<count).flatMap { index in
        [1, count / 2].compactMap { distance in
          swap(page, index, (index + distance) % max(count, 1))
        }
      }
    }
  }

  private func swap(_ page: Page, _ first: Int, _ second: Int) -> Mutant? {
    let left = Array(page.bytes[first * 8..<first * 8 + 8])
    let right = Array(page.bytes[second * 8..<second * 8 + 8])
    guard first != second, left != right else { return nil }
    return Mutant(
      name: "table \(page.address.hexadecimal), descriptors \(first) and \(second) exchanged",
      structure: page.structure,
      patches: [
        Mutant.Patch(address: page.address + UInt64(first * 8), bytes: right),
        Mutant.Patch(address: page.address + UInt64(second * 8), bytes: left),
      ])
  }

  /// Each table descriptor made to lead to every other page of tables: its own, another level's, another domain's.
  private func redirectedTables() -> [Mutant] {
    let pages = pages()
    let tables = Set(system.walks.flatMap(\.reading.tables))
    // Bits 47:12 of a table descriptor are the next table's address (Arm DDI 0487, D8.3.1).
    let addressBits: UInt64 = 0x0000_FFFF_FFFF_F000
    return pages.flatMap { page in
      (0..<page.bytes.count / 8).flatMap { index -> [Mutant] in
        let descriptor = page.bytes[index * 8..<index * 8 + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard descriptor & 0b11 == 0b11, tables.contains(descriptor & addressBits) else { return [] }
        return pages.filter { $0.address != descriptor & addressBits && $0.address % UInt64(Self.page) == 0 }.map {
          let changed = descriptor & ~addressBits | $0.address
          return Mutant(
            name: "table \(page.address.hexadecimal), descriptor \(index) leads to \($0.address.hexadecimal)",
            structure: page.structure,
            patches: [
              Mutant.Patch(
                address: page.address + UInt64(index * 8),
                bytes: (0..<8).map { UInt8(truncatingIfNeeded: changed >> UInt64(8 * $0)) })
            ])
        }
      }
    }
  }

  /// Each record of a kind put over each other one of that kind, and exchanged with it.
  private func records() -> [Mutant] {
    system.partition.recordPlaces.flatMap { kind in
      kind.places.indices.flatMap { target in
        kind.places.indices.filter { $0 != target }.flatMap { source in
          mutants(kind.name, (target, kind.places[target]), (source, kind.places[source]))
        }
      }
    }
  }

  private func mutants(
    _ kind: String, _ target: (index: Int, memory: AddressRange), _ source: (index: Int, memory: AddressRange)
  ) -> [Mutant] {
    guard let old = image.bytes(at: target.memory), let new = image.bytes(at: source.memory), old != new else {
      return []
    }
    let copy = Mutant.Patch(address: target.memory.base, bytes: new)
    let doubled = Mutant(
      name: "\(kind) \(source.index) over \(kind) \(target.index)", structure: .partitionTable, patches: [copy])
    guard source.index > target.index else { return [doubled] }
    let exchanged = Mutant(
      name: "\(kind) \(target.index) and \(source.index) exchanged", structure: .partitionTable,
      patches: [copy, Mutant.Patch(address: source.memory.base, bytes: old)])
    return [doubled, exchanged]
  }
}
