import Ownership
import Partition
import Testing
import TestSupport

@Suite("Looking at a kernel")
struct PayloadInspectorTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func kernel(_ bytes: [UInt8]) throws -> Result<KernelFormat, PayloadProblem> {
    let path = try folder.write("kernel", bytes)
    do throws(PayloadProblem) {
      return .success(try PayloadInspector.kernel(path).format)
    } catch {
      return .failure(error)
    }
  }

  private func words(_ bytes: [UInt8]) throws -> String {
    switch try kernel(bytes) {
    case .success(let format): "accepted: \(format)"
    case .failure(.foreign(let format)): "foreign: " + format.name
    case .failure(.bigEndian(let place)): "big-endian: " + place
    case .failure(.malformed(let what)): "malformed: " + what
    case .failure(let problem): "\(problem)"
    }
  }

  @Test(
    "reads text_offset, image_size and page size of an arm64 Image", arguments: [(1, 4096), (2, 16384), (3, 65536)])
  func image(code: UInt64, pageSize: UInt64) throws {
    let found = try kernel(Kernels.image(textOffset: 0x8_0000, imageSize: 0x123_4000, flags: code << 1)).get()
    guard case .image(let header) = found else {
      Issue.record("taken for \(found)")
      return
    }
    #expect(header.textOffset == 0x8_0000)
    #expect(header.imageSize == 0x123_4000)
    #expect(header.pageSize == pageSize)
  }

  @Test("refuses Images that are big-endian, hide their size, or whose header is cut off or absurd")
  func badImages() throws {
    #expect(try words(Kernels.image(flags: 0b1011)).hasPrefix("big-endian"))
    #expect(try words(Kernels.image(imageSize: 0)).contains("image_size 0"))
    #expect(try words(Kernels.image(textOffset: 2 << 20)).contains("text_offset 0x200000"))
    #expect(try words(Array(Kernels.image().prefix(62))).contains("cut off after 62 of 64 bytes"))
  }

  @Test("notices by its PE header that the end of a kernel is missing")
  func truncatedImage() throws {
    var bytes = Kernels.image(size: 4096)
    bytes.replaceSubrange(0..<2, with: [0x4D, 0x5A])
    Kernels.put(64, at: 60, in: &bytes)
    bytes.replaceSubrange(64..<68, with: [0x50, 0x45, 0, 0])
    bytes.replaceSubrange(70..<72, with: [1, 0])
    bytes.replaceSubrange(84..<86, with: [16, 0])
    let section = 64 + 24 + 16
    Kernels.put(0x800 | 0x800 << 32, at: section + 16, in: &bytes)
    #expect(try words(bytes).hasPrefix("accepted"))
    Kernels.put(0x801 | 0x800 << 32, at: section + 16, in: &bytes)
    #expect(try words(bytes).contains("cut off: its headers speak of 4097 bytes, and the file has 4096"))
  }

  @Test("reads the segments and the entry point of an ELF program, by physical addresses")
  func elf() throws {
    let bytes = Kernels.elf(
      [
        .init(address: 0x4008_0000, virtual: 0xFFFF_0000_0008_0000, fileSize: 32, memorySize: 4096),
        .init(address: 0x4010_0000, fileSize: 0, memorySize: 64), .init(address: 0, fileSize: 0, memorySize: 0),
        .init(address: 0x1000, type: 4),
      ], entry: 0xFFFF_0000_0008_0010)
    guard case .elf(let program) = try kernel(bytes).get() else {
      Issue.record("not taken for an ELF file")
      return
    }
    #expect(program.entry == 0x4008_0010)
    #expect(program.segments.map(\.address) == [0x4008_0000, 0x4010_0000])
    #expect(program.segments.map(\.memorySize) == [4096, 64])
  }

  @Test("refuses ELF files of other machines, byte orders, classes and kinds, naming each")
  func foreignELF() throws {
    let segments = [Kernels.Segment(address: 0x1000)]
    #expect(try words(Kernels.elf(segments, entry: 0x1000, machine: 62)) == "foreign: an ELF file for x86-64")
    #expect(try words(Kernels.elf(segments, entry: 0x1000, machine: 9)) == "foreign: an ELF file for machine 9")
    #expect(try words(Kernels.elf(segments, entry: 0x1000, fileClass: 1)) == "foreign: a 32-bit ELF file")
    #expect(try words(Kernels.elf(segments, entry: 0x1000, order: 2)).hasPrefix("big-endian"))
    #expect(try words(Kernels.elf(segments, entry: 0x1000, type: 3)).contains("position-independent"))
    #expect(try words(Kernels.elf(segments, entry: 0x1000, type: 1)).contains("relocatable object"))
    #expect(try words(Kernels.elf([.init(address: 0, type: 3)], entry: 0)).contains("dynamic linker"))
  }

  @Test("refuses ELF headers that contradict themselves or the file")
  func hostileELF() throws {
    func refusal(_ segments: [Kernels.Segment], entry: UInt64 = 0x1000) throws -> String {
      try words(Kernels.elf(segments, entry: entry))
    }
    #expect(try refusal([]).contains("no program headers"))
    #expect(try refusal([.init(address: 0x1000, fileSize: 17)]).contains("0x11 bytes in the file and only 0x10"))
    #expect(try refusal([.init(address: 0x1000, offset: .max)]).contains("from offset 0xffffffffffffffff"))
    #expect(try refusal([.init(address: .max - 14)], entry: .max - 14).contains("runs past 2^64"))
    #expect(try refusal([.init(address: .max - 15)], entry: .max - 15).hasPrefix("accepted"))
    #expect(try refusal([.init(address: 0x1000), .init(address: 0x100F)]).contains("overlap in 0x100f..0x100f"))
    #expect(try refusal([.init(address: 0x1000), .init(address: 0x1010)]).hasPrefix("accepted"))
    #expect(try refusal([.init(address: 0x1000)], entry: 0x1010).contains("entry point 0x1010 lies in none"))
    let segment = [Kernels.Segment(address: 0x1000)]
    var bytes = Kernels.elf(segment, entry: 0x1000)
    bytes[56] = 0xFF
    bytes[57] = 0xFF
    #expect(try words(bytes).contains("65535 program headers"))
    bytes = Kernels.elf(segment, entry: 0x1000)
    Kernels.put(.max - 3, at: 32, in: &bytes)
    #expect(try words(bytes).contains("reach past the end of the file"))
    for length in 4..<64 { #expect(try words(Array(bytes.prefix(length))).hasPrefix("malformed")) }
  }

  @Test(
    "knows what cannot be started by its first bytes",
    arguments: [
      ([0x1F, 0x8B, 0x08, 0], "gzip"), (Array("BZh9".utf8) + [0x31, 0x41, 0x59, 0x26, 0x53, 0x59], "bzip2"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "xz"), ([0x04, 0x22, 0x4D, 0x18], "lz4"),
      ([0x28, 0xB5, 0x2F, 0xFD], "zstd"), ([0x27, 0x05, 0x19, 0x56], "uImage"), ([0xD0, 0x0D, 0xFE, 0xED], "FIT"),
      (Array("MZ\0\0zimg".utf8), "zboot"), (Array("MZ\0\0\0\0\0\0".utf8), "PE"), (Array("ANDROID!".utf8), "Android"),
      (Array("#!/bin/sh".utf8), "script"), (Array("070701".utf8), "cpio"), ([0x50, 0x4B, 3, 4], "zip"),
      (Array("version https://git-lfs.github.com".utf8), "Git LFS"),
      ([UInt8](repeating: 0, count: 0x202) + Array("HdrS".utf8), "x86"),
      ([UInt8](repeating: 0, count: 0x24) + [0x18, 0x28, 0x6F, 0x01], "32-bit Arm"),
      ([UInt8](repeating: 0, count: 56) + [0x52, 0x53, 0x43, 0x05], "RISC-V"),
    ] as [([UInt8], String)])
  func foreign(start: [UInt8], name: String) throws {
    let verdict = try words(start + [UInt8](repeating: 0, count: 600))
    #expect(verdict.hasPrefix("foreign") && verdict.contains(name))
  }

  @Test("takes anything else for raw code")
  func raw() throws {
    #expect(try kernel(Kernels.raw()).get() == .raw)
    #expect(try kernel([0]).get() == .raw)
  }

  @Test("says what is wrong with the file itself: missing, empty, a folder, a device")
  func files() throws {
    func problem(_ path: String) -> PayloadProblem? {
      do throws(PayloadProblem) {
        _ = try PayloadInspector.kernel(path)
        return nil
      } catch {
        return error
      }
    }
    #expect(problem(folder.path + "/nowhere") == .missing)
    #expect(problem(folder.path) == .notAFile("a folder"))
    #expect(problem("/dev/null") == .notAFile("a device, socket or pipe"))
    #expect(problem(try folder.write("empty", [UInt8]())) == .empty)
    #expect(problem(folder.path + "/empty/below") == .missing)
  }

  @Test("never crashes on 2,000 random mutations of Images, ELF files and archives")
  func mutations() throws {
    var generator = SeededGenerator(seed: 0xF022)
    let seeds = [
      Kernels.image(size: 256), Kernels.elf([.init(address: 0x1000), .init(address: 0x3000)], entry: 0x1000),
      Kernels.cpio(),
    ]
    var verdicts: Set<String> = []
    for round in 0..<2_000 {
      var bytes = seeds[round % seeds.count]
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      if Bool.random(using: &generator) { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &generator)) }
      let path = try folder.write("mutant", bytes)
      verdicts.insert(String(try words(bytes).prefix(9)))
      _ = try? PayloadInspector.ramDisk(path)
    }
    #expect(verdicts.isSuperset(of: ["accepted:", "malformed"]))
  }
}
