import Partition
import Testing

@Suite("Looking at an initrd")
struct RAMDiskTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func problem(_ bytes: [UInt8]) throws -> PayloadProblem? {
    let path = try folder.write("initrd", bytes)
    do throws(PayloadProblem) {
      #expect(try PayloadInspector.ramDisk(path) == UInt64(bytes.count))
      return nil
    } catch {
      return error
    }
  }

  @Test("accepts whole cpio archives, and compressed ones unseen")
  func accepted() throws {
    #expect(try problem(Kernels.cpio()) == nil)
    #expect(try problem(Kernels.cpio() + Kernels.cpio()) == nil)
    #expect(try problem([0x1F, 0x8B, 0x08, 0, 0, 0]) == nil)
    #expect(try problem([0x28, 0xB5, 0x2F, 0xFD, 0]) == nil)
  }

  @Test("refuses an archive that breaks off, wherever it does")
  func truncated() throws {
    let whole = Kernels.cpio()
    let trailerEnd = Kernels.cpio(hasTrailer: false).count + 110 + 11
    for length in 6..<trailerEnd {
      guard case .malformed = try problem(Array(whole.prefix(length))) else {
        Issue.record("accepted \(length) of \(whole.count) bytes")
        continue
      }
    }
    guard case .malformed(let words) = try problem(Kernels.cpio(hasTrailer: false)) else {
      Issue.record("accepted an archive without its trailer")
      return
    }
    #expect(words.contains("before its trailer"))
  }

  @Test("refuses an entry that is larger than the file, and bytes between entries")
  func damaged() throws {
    var bytes = Kernels.cpio()
    bytes.replaceSubrange(54..<62, with: Array("FFFFFFFF".utf8))
    guard case .malformed(let words) = try problem(bytes) else {
      Issue.record("accepted an entry of 4 GiB")
      return
    }
    #expect(words.contains("the file has"))
    bytes = Kernels.cpio()
    bytes.replaceSubrange(94..<102, with: Array("00000009".utf8))
    guard case .malformed = try problem(bytes) else {
      Issue.record("accepted a gap between entries")
      return
    }
  }

  @Test("refuses kernels, programs, device trees and files for U-Boot in its place")
  func foreign() throws {
    let starts: [[UInt8]] = [
      Kernels.image(), Kernels.elf([.init(address: 0)], entry: 0), [0xD0, 0x0D, 0xFE, 0xED, 0],
      [0x27, 0x05, 0x19, 0x56, 0], Array("#!/bin/sh".utf8),
    ]
    for start in starts {
      guard case .foreign = try problem(start) else {
        Issue.record("accepted \(start.prefix(4))")
        continue
      }
    }
  }
}
