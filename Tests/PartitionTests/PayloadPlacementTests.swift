import Ownership
import Partition
import Testing
import TestSupport

@Suite("Placing payloads")
struct PayloadPlacementTests {
  private let bench: PlanBench

  init() throws { bench = try PlanBench() }

  private func domain(_ lines: String...) throws -> DomainPlan {
    let body = "domains:\n  a:\n    cpus: [0]\n" + lines.map { "    \($0)\n" }.joined()
    return try #require(try bench.plan(body).domains.first)
  }

  @Test("honours an Image's text_offset above a 2 MiB-aligned base, and keeps its whole image_size free")
  func image() throws {
    let plain = try domain("memory: 64 MiB", "kernel: Image")
    #expect(plain.entry == plain.memory[0].guest.base)
    #expect(plain.payloads[0].guest.size == 0x20_0000)
    #expect(plain.payloads[0].fileSize == 4096)
    let shifted = try domain("memory: 64 MiB", "kernel: Image-text")
    #expect(shifted.entry == shifted.memory[0].guest.base + 0x8_0000)
    let odd = try domain("memory: [{ base: 0x50100000, size: 64 MiB }]", "kernel: Image-text")
    #expect(odd.entry == 0x5028_0000)
  }

  @Test("counts an Image's alignment in guest addresses, which are those the kernel sees")
  func imageGuest() throws {
    let domain = try domain("memory: [{ base: 0x50100000, guest: 0x90000000, size: 64 MiB }]", "kernel: Image")
    #expect(domain.entry == 0x9000_0000)
    #expect(domain.payloads[0].physical.base == 0x5010_0000)
  }

  @Test("moves an Image past memory that the boot loader uses, though the domain's memory covers it")
  func loader() throws {
    let domain = try domain("memory: [{ base: 0x48000000, size: 64 MiB }]", "kernel: Image")
    #expect(domain.entry == 0x4820_0000)
    let payloads = domain.payloads
    #expect(
      !payloads.contains { $0.physical.overlaps(AddressRange(base: 0x4800_0000, size: 0x20_0000) ?? $0.physical) })
  }

  @Test("puts the tree at the end of the first region and the initrd below it, away from the kernel")
  func order() throws {
    let domain = try domain("memory: [{ size: 64 MiB }, { size: 16 MiB }]", "kernel: Image", "initrd: initrd.gz")
    let region = domain.memory[0].guest
    let tree = try #require(domain.payloads.first { $0.role == .deviceTree })
    let initrd = try #require(domain.payloads.first { $0.role == .initrd })
    #expect(tree.guest.last == region.last)
    #expect(domain.treeAddress == tree.guest.base && domain.treeSlot == 64 << 10)
    #expect(initrd.guest.last < tree.guest.base && tree.guest.base - initrd.guest.last <= Granule.page)
    #expect(initrd.guest.base % Granule.page == 0)
    #expect(initrd.fileSize == 10_003)
  }

  @Test("keeps the initrd in the 32 GiB window with the kernel that Linux maps")
  func window() throws {
    let body = """
      memory-banks: [{ base: 0x40000000, size: 80 GiB }]
      domains:
        a:
          cpus: [0]
          memory: 64 GiB
          kernel: Image
          initrd: initrd.gz

      """
    let domain = try #require(try bench.plan(body).domains.first)
    let initrd = try #require(domain.payloads.first { $0.role == .initrd })
    let window = domain.entry.roundedDown(to: Granule.block1GiB)
    #expect(initrd.guest.last - window < 32 << 30)
    #expect(domain.treeAddress - window > 32 << 30)
  }

  @Test("loads each ELF segment where it says, and starts at the physical address of its entry point")
  func elf() throws {
    let domain = try domain("memory: [{ base: 0x50000000, size: 16 MiB }]", "kernel: program.elf")
    #expect(domain.entry == 0x5000_0020)
    let segments = domain.payloads.filter { $0.role == .kernel }
    #expect(segments.map(\.guest.base) == [0x5000_0000, 0x5000_2000])
    #expect(segments.map(\.fileSize) == [64, 16])
    #expect(segments.map(\.guest.size) == [64, 0x3000])
    #expect(segments.map(\.offset) == [176, 240])
  }

  @Test("loads raw code at the start of memory, or where load and entry say")
  func raw() throws {
    let plain = try domain("memory: [{ base: 0x50000000, size: 16 MiB }]", "kernel: raw.bin")
    #expect(plain.entry == 0x5000_0000)
    let loaded = try domain(
      "memory: [{ base: 0x50000000, size: 16 MiB }]", "kernel: raw.bin", "load: 0x50080000", "entry: 0x50080010")
    #expect(loaded.payloads[0].guest.base == 0x5008_0000)
    #expect(loaded.entry == 0x5008_0010)
  }

  @Test("puts files at their guest addresses and everything else around them")
  func files() throws {
    let domain = try domain(
      "memory: [{ base: 0x50000000, guest: 0x80000000, size: 16 MiB }]", "kernel: raw.bin",
      "files: [{ path: initrd.cpio, load: 0x80FFF000 }]")
    let file = try #require(domain.payloads.first { $0.role == .file })
    #expect(file.guest.base == 0x80FF_F000 && file.physical.base == 0x50FF_F000)
    #expect(domain.treeAddress + domain.treeSlot == 0x80FF_F000)
  }

  @Test("keeps more room for the tree of a domain with devices than the board's own tree takes")
  func treeSlot() throws {
    let domain = try domain("memory: 16 MiB", "kernel: raw.bin", "devices: [/pl031@9010000]")
    #expect(domain.treeSlot == 128 << 10)
    #expect(domain.treeSlot > UInt64(bench.board.tree.blob.count))
  }

  @Test("never lets two payloads meet, nor one leave memory, whatever the sizes")
  func random() throws {
    var generator = SeededGenerator(seed: 0x91ACE)
    var placed = 0
    for _ in 0..<150 {
      let size = UInt64.random(in: 1...80, using: &generator)
      let kernel = ["raw.bin", "Image", "Image-text", "Image-60M"].randomElement(using: &generator) ?? "raw.bin"
      let initrd = Bool.random(using: &generator) ? "    initrd: initrd.gz\n" : ""
      let offset = UInt64.random(in: 0..<64, using: &generator) << 12
      let body = """
        domains:
          a:
            cpus: [0]
            memory: [{ base: 0x\(String(0x4780_0000 + offset, radix: 16)), size: \(size) MiB }]
            kernel: \(kernel)

        """
      guard let plan = try bench.planning(body + initrd).plan, let domain = plan.domains.first else { continue }
      placed += 1
      #expect(OverlapSweep.pairs(among: domain.payloads.map(\.guest)).isEmpty)
      for payload in domain.payloads {
        #expect(domain.memory[0].guest.contains(payload.guest))
        #expect(payload.guest == payload.physical)
        if kernel != "raw.bin" {
          #expect(!plan.board.description.loaderRanges.contains { $0.overlaps(payload.physical) })
        }
      }
      if kernel == "Image-text" { #expect(domain.entry % 0x20_0000 == 0x8_0000) }
    }
    #expect(placed > 50)
  }
}
