import Board
import DeviceTree
import Foundation
import Testing
import TestSupport

@Suite("Damaged trees")
struct FuzzTests {
  /// How many damaged trees are tried; more on request: BULKHEAD_FUZZ_CASES=100000 swift test --filter FuzzTests
  static let cases = ProcessInfo.processInfo.environment["BULKHEAD_FUZZ_CASES"].flatMap(Int.init) ?? 2_000

  @Test("Flipped, overwritten and cut trees give an error in words or a board, never a crash")
  func damaged() throws {
    // Small trees, so that many cases take little time, and some large ones.
    let bySize = try Corpus.names.map { (try Corpus.blob($0).count, $0) }.sorted { $0 < $1 }.map(\.1)
    let pool = try (bySize.prefix(60) + [bySize[bySize.count / 2], bySize[bySize.count - 1]]).map(Corpus.blob)
    var generator = SeededGenerator(seed: 20_240_501)
    var boards = 0
    var errors = 0
    for number in 0..<Self.cases {
      let isLarge = number.isMultiple(of: 50)
      var blob = isLarge ? pool[pool.count - 1 - number / 50 % 2] : pool[number % 60]
      damage(&blob, with: &generator)
      do throws(DeviceTreeError) {
        let tree = try DeviceTree(blob: blob)
        let board = Board.read(name: "generic", tree: tree, treeFile: "damaged.dtb", description: .generic)
        let listing = DeviceListing(board)
        for device in board.devices.prefix(3) { _ = listing.detail(of: device.path)?.text }
        boards += 1
      } catch {
        #expect(!error.description.isEmpty)
        errors += 1
      }
    }
    #expect(boards + errors == Self.cases)
    // Both ends are reached often, or the test would try nothing.
    #expect(boards > Self.cases / 8)
    #expect(errors > Self.cases / 8)
  }

  @Test(
    "Every tree of the package, damaged: an error in words or a board whose devices, closures and claims can be shown")
  func everyTree() throws {
    var generator = SeededGenerator(seed: 0x577_DEAD)
    var boards = 0
    var errors = 0
    let rounds = max(1, Self.cases / 1000)
    for name in Corpus.names {
      let whole = try Corpus.blob(name)
      for _ in 0..<rounds {
        var blob = whole
        damage(&blob, with: &generator)
        do throws(DeviceTreeError) {
          let tree = try DeviceTree(blob: blob)
          let board = Board.read(name: "generic", tree: tree, treeFile: name, description: .generic)
          for claim in board.ownClaims { #expect(!claim.controller.isEmpty) }
          guard let device = board.devices.randomElement(using: &generator) else { continue }
          _ = DeviceListing(board).detail(of: device.path)?.text
          boards += 1
        } catch {
          #expect(!error.description.isEmpty)
          errors += 1
        }
      }
    }
    #expect(boards > Corpus.names.count / 4)
    #expect(errors > Corpus.names.count / 8)
  }

  private func damage(_ blob: inout [UInt8], with generator: inout SeededGenerator) {
    switch UInt8.random(in: 0..<8, using: &generator) {
    case 0:
      blob.removeLast(Int.random(in: 1...blob.count, using: &generator))
    case 1:
      // The header.
      blob[Int.random(in: 0..<40, using: &generator)] = .random(in: 0...255, using: &generator)
    case 2, 3:
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        blob[Int.random(in: 0..<blob.count, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      }
    default:
      // Whole cells: tokens, lengths, counts, phandles and addresses.
      let interesting: [UInt32] = [0, 1, 2, 3, 4, 9, 16, 0x7fff_ffff, 0x8000_0000, 0xffff_fff0, 0xffff_ffff]
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: 10..<max(11, blob.count / 4), using: &generator) * 4
        guard place + 4 <= blob.count else { continue }
        let word = interesting.randomElement(using: &generator) ?? 0
        for byte in 0..<4 { blob[place + byte] = UInt8(truncatingIfNeeded: word >> UInt32(24 - 8 * byte)) }
      }
    }
  }
}
