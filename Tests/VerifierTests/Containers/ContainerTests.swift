import BulkheadKit
import Foundation
import TestSupport
import Testing

@testable import Verifier

@Suite("The containers of an output folder")
struct ContainerTests {
  private func findings(
    checksHashes: Bool = false, _ change: (BuiltFolderCopy) throws -> Void
  ) throws -> [(rule: String, message: String)] {
    let output = try BuiltFolder.demonstration.get().opening(checksHashes: checksHashes, change)
    return output.findings.map { ($0.rule.rawValue, $0.message) }
  }

  @Test("are four, and all put the same into memory")
  func asBuilt() throws {
    let relocator = [UInt8](
      try Data(contentsOf: URL(fileURLWithPath: Project(root: Repository.root).relocatorFile)))
    let output = try BuiltFolder.demonstration.get().opening(checksHashes: true, relocator: relocator) { _ in }
    #expect(output.findings.map(\.message) == [])
    #expect(
      output.containers.map(\.name) == [
        "the pieces of load-map.json", "image.elf", "single.img", "u-boot/system.itb",
      ])
    for container in output.containers {
      #expect(container.entry == output.containers[0].entry)
      #expect(try SystemReader.read(container, pieces: output.pieces).domains.count == 2)
    }
  }

  @Test(
    "image.elf that was cut short, for another machine or with a segment outside the file is refused by byte offset")
  func brokenELF() throws {
    let cut = try findings { try $0.edit("image.elf") { $0.removeLast(4096) } }
    #expect(cut.count == 1 && cut[0].rule == "BH-VER-001" && cut[0].message.contains("byte offset"))
    let short = try findings { try $0.edit("image.elf") { $0 = $0.prefix(40) } }
    #expect(short.count == 1 && short[0].rule == "BH-VER-001")
    let machine = try findings { try $0.edit("image.elf") { $0[18] = 62 } }
    #expect(machine.map(\.message) == ["image.elf is for machine 62, not AArch64 (183) (byte offset 18)"])
    let outside = try findings { try $0.edit("image.elf") { $0.put(1 << 62, at: 64 + 8) } }
    #expect(outside.count == 1 && outside[0].message.contains("(byte offset 72)"))
    let overflow = try findings { try $0.edit("image.elf") { $0.put(.max, at: 64 + 32) } }
    #expect(overflow.count == 1 && overflow[0].rule == "BH-VER-001")
    let endless = try findings { try $0.edit("image.elf") { $0.put(.max, at: 64 + 40) } }
    #expect(endless.count == 1 && endless[0].message.contains("past the last address"))
  }

  @Test("image.elf whose segments overlap, were moved, were exchanged or are missing is refused, and the address named")
  func rearrangedELF() throws {
    let overlap = try findings { try $0.edit("image.elf") { $0.move(1, to: $0.number(at: 64 + 16)) } }
    #expect(overlap.count == 1 && overlap[0].message.contains("over segment"))
    let moved = try findings { try $0.edit("image.elf") { $0.move(0, to: 0x10_0000) } }
    #expect(moved.map(\.rule) == ["BH-VER-005", "BH-VER-005"])
    #expect(moved.contains { $0.message.contains("leaves out the hypervisor") && $0.message.contains("0x40200000") })
    // The last two segments are a domain's; each goes to the other's address.
    let exchanged = try findings { copy in
      try copy.edit("image.elf") { bytes in
        let last = Int(bytes[56]) - 1
        let addresses = [last - 1, last].map { bytes.number(at: 64 + 56 * $0 + 16) }
        bytes.move(last - 1, to: addresses[1])
        bytes.move(last, to: addresses[0])
      }
    }
    #expect(!exchanged.isEmpty && exchanged.allSatisfy { ["BH-VER-001", "BH-VER-005"].contains($0.rule) })
    let missing = try findings { try $0.edit("image.elf") { $0[56] -= 1 } }
    #expect(missing.map(\.rule) == ["BH-VER-005"])
    #expect(missing[0].message.contains("leaves out"))
    #expect(try findings { try $0.remove("image.elf") }.map(\.rule) == ["BH-VER-004"])
  }

  @Test("a bit that differs in any of them is found without a hash, with the piece and its address")
  func oneBit() throws {
    let pieces = try BuiltFolder.demonstration.get().opening { _ in }.pieces
    let kernel = try #require(pieces.first { $0.role == "kernel" && $0.owner == "cluster" })
    let file = try #require(kernel.file)
    let disagreements = try findings { try $0.edit(file) { $0[0x1234] ^= 1 } }
    #expect(disagreements.map(\.rule) == ["BH-VER-005", "BH-VER-005", "BH-VER-005"])
    for finding in disagreements {
      #expect(finding.message.contains((kernel.memory.base + 0x1234).hexadecimal))
      #expect(finding.message.contains("the kernel of domain cluster"))
    }
    let withHashes = try findings(checksHashes: true) { try $0.edit(file) { $0[0x1234] ^= 1 } }
    #expect(withHashes.count { $0.rule == "BH-VER-006" } == 1)
  }

  @Test("single.img whose table or size was changed is refused")
  func brokenSingleFile() throws {
    let cut = try findings { try $0.edit("single.img") { $0.removeLast() } }
    #expect(cut.count == 1 && cut[0].rule == "BH-VER-001")
    let offset = try findings { try $0.edit("single.img") { $0.put($0.number(at: 4096) + 1, at: 4096) } }
    #expect(offset.count == 1 && offset[0].message.contains("(byte offset 4096)"))
    let onItself = try findings { try $0.edit("single.img") { $0.put($0.number(at: 72), at: 4096 + 8) } }
    #expect(onItself.count == 1 && onItself[0].message.contains("over itself"))
    let count = try findings { try $0.edit("single.img") { $0.put(.max, at: 88) } }
    #expect(count.count == 1 && count[0].message.contains("pieces"))
    let entry = try findings { try $0.edit("single.img") { $0.put(0x4020_0004, at: 80) } }
    #expect(entry.map(\.rule) == ["BH-VER-005"])
    let shorter = try findings { try $0.edit("single.img") { $0.put($0.number(at: 4096 + 24) - 4096, at: 4096 + 24) } }
    #expect(shorter.allSatisfy { $0.rule == "BH-VER-005" || $0.rule == "BH-VER-001" })
  }

  @Test("single.img with another instruction in its first page is refused where the code is known")
  func relocator() throws {
    let code = [UInt8](try Data(contentsOf: URL(fileURLWithPath: Project(root: Repository.root).relocatorFile)))
    let output = try BuiltFolder.demonstration.get().opening(relocator: code) { copy in
      try copy.edit("single.img") { $0[200] ^= 4 }
    }
    #expect(output.findings.map(\.message).contains { $0.contains("(byte offset 200)") })
    #expect(output.containers.count == 3)
  }

  @Test("a FIT image that was cut short or whose hash does not fit is refused")
  func brokenFIT() throws {
    let cut = try findings { try $0.edit("u-boot/system.itb") { $0.removeLast(100) } }
    #expect(cut.map(\.rule) == ["BH-VER-004"])
    let magic = try findings { try $0.edit("u-boot/system.itb") { $0[0] = 0 } }
    #expect(magic.map(\.message) == ["u-boot/system.itb is not a FIT image (byte offset 0)"])
    let structure = try findings { try $0.edit("u-boot/system.itb") { $0[8] = 0xFF } }
    #expect(structure.count == 1 && structure[0].rule == "BH-VER-001")
    let hashes = try findings(checksHashes: true) { copy in
      try copy.edit("u-boot/system.itb") { bytes in
        let last = try #require(bytes.range(of: Data("BHRUNTIM".utf8)))
        bytes[last.lowerBound + 200] ^= 1
      }
    }
    #expect(hashes.map(\.rule).sorted() == ["BH-VER-005", "BH-VER-006", "BH-VER-006"])
  }
}

extension Data {
  /// Moves a segment of an ELF file to another address.
  fileprivate mutating func move(_ segment: Int, to address: UInt64) {
    for offset in [16, 24] { put(address, at: 64 + 56 * segment + offset) }
  }
}
