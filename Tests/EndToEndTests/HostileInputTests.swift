import BulkheadKit
import Foundation
import Testing
import TestSupport

@Suite("Hostile input to the whole of check")
struct HostileInputTests {
  @Test("5,000 mutated manifests: a verdict each time", arguments: [1, 2, 3, 4, 5])
  func manifests(seed: UInt64) throws {
    let scratch = try Scratch()
    let check = Check(project: Repository.project)
    let original = Array(try Manifests.rich().utf8)
    var generator = SeededGenerator(seed: seed &* 0x9E37_79B9_7F4A_7C15)
    for _ in 0..<1000 {
      let file = try scratch.file("m.yaml", mutate(original, &generator))
      let result = check.run(manifest: file)
      #expect(result.isAccepted || result.findings.contains { $0.severity == .error })
    }
  }

  @Test("5,000 mutated device trees: a verdict each time", arguments: [1, 2, 3, 4, 5])
  func trees(seed: UInt64) throws {
    let scratch = try Scratch()
    let check = Check(project: Repository.project)
    let tree = try Data(contentsOf: URL(fileURLWithPath: Repository.root + "/.build/boards/qemu-virt.dtb"))
    let text = try Manifests.rich()
    let manifest = try scratch.file(
      "m.yaml", text.replacingOccurrences(of: "board: qemu-virt", with: "board: qemu-virt\ndevice-tree: t.dtb"))
    var generator = SeededGenerator(seed: seed &* 0xD1B5_4A32_D192_ED03)
    for _ in 0..<1000 {
      var bytes = [UInt8](tree)
      for _ in 0...generator.below(8) {
        bytes[generator.below(bytes.count)] = UInt8(truncatingIfNeeded: generator.below(256))
      }
      if generator.below(10) == 0 { bytes.removeLast(generator.below(bytes.count)) }
      _ = try scratch.file("t.dtb", bytes)
      let result = check.run(manifest: manifest)
      #expect(result.isAccepted || result.findings.contains { $0.severity == .error })
    }
  }

  @Test("a kernel cut anywhere, or with a damaged header, is refused or fits: never a crash")
  func kernels() throws {
    let scratch = try Scratch()
    let check = Check(project: Repository.project)
    let kernel = [UInt8](
      try Data(contentsOf: URL(fileURLWithPath: Repository.root + "/.build/guests/cluster.bin")))
    let manifest = try scratch.file("m.yaml", try Manifests.oneDomain(kernel: "k.bin"))
    var generator = SeededGenerator(seed: 0xB0A7)
    for round in 0..<1000 {
      var bytes = round % 2 == 0 ? Array(kernel.prefix(generator.below(kernel.count))) : kernel
      for _ in 0..<generator.below(6) where !bytes.isEmpty {
        bytes[generator.below(min(64, bytes.count))] = UInt8(truncatingIfNeeded: generator.below(256))
      }
      _ = try scratch.file("k.bin", bytes)
      let result = check.run(manifest: manifest)
      #expect(result.isAccepted || result.findings.contains { $0.severity == .error })
    }
  }

  private func mutate(_ original: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = original
    for _ in 0...generator.below(4) {
      let place = generator.below(bytes.count)
      switch generator.below(4) {
      case 0: bytes[place] = UInt8(truncatingIfNeeded: generator.below(256))
      case 1: bytes.remove(at: place)
      case 2: bytes.insert(original[generator.below(original.count)], at: place)
      default:
        let end = min(bytes.count, place + 8)
        bytes.replaceSubrange(place..<end, with: original.prefix(generator.below(12)))
      }
      if bytes.isEmpty { return [0] }
    }
    return bytes
  }
}

extension SeededGenerator {
  /// A number from 0 up to `bound`, which is not included; 0 if there is none.
  fileprivate mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<max(1, bound), using: &self) }
}
