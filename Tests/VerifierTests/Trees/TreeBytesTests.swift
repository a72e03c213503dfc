import BulkheadKit
import Testing

@testable import Verifier

@Suite("The bytes of a generated tree")
struct TreeBytesTests {
  private static func cluster() throws -> (edited: EditedTree, blob: [UInt8]) {
    let built = try BuiltSystem.cockpit.get()
    let system = try built.system()
    let tree = try #require(system.domains.first?.tree)
    return (EditedTree(system: system, context: built.context), tree.blob)
  }

  /// A change to the blob, and a word that the finding has.
  static let changes: [(String, @Sendable (inout [UInt8]) -> Void)] = [
    ("version", { $0[23] = 16 }),
    ("last_comp_version", { $0[27] = 17 }),
    ("boot_cpuid_phys", { $0[31] = 1 }),
    ("reservation", { $0[44] = 1 }),
    ("reservation", { $0[55] = 1 }),
    ("off_mem_rsvmap", { $0[19] = 40 }),
    ("padding behind a property", { blob in if let place = Self.padding(blob) { blob[place] = 1 } }),
    ("name is not where the next new name belongs", { blob in Self.growStrings(&blob) }),
  ]

  /// The last byte of padding behind the root's `model`: 17 bytes from the structure block's fourth word on.
  private static func padding(_ blob: [UInt8]) -> Int? {
    let start = 64 + 8 + 12
    return blob.count > start + 20 && blob[start + 17..<start + 20].allSatisfy { $0 == 0 } ? start + 19 : nil
  }

  /// One more name, which no property needs.
  private static func growStrings(_ blob: inout [UInt8]) {
    blob += [UInt8(ascii: "x"), 0]
    for field in [4, 32] {
      let value = blob[field..<field + 4].reduce(0) { $0 << 8 | Int($1) } + 2
      for byte in 0..<4 { blob[field + byte] = UInt8(truncatingIfNeeded: value >> (24 - 8 * byte)) }
    }
  }

  @Test("have one form alone, and a message says what is not of it", arguments: changes.indices)
  func form(index: Int) throws {
    let (words, change) = Self.changes[index]
    let edited = try Self.cluster().edited.editingBytes("cluster", change)
    #expect(edited.rules.first == "BH-VER-050")
    #expect(edited.messages.contains { $0.contains(words) }, "\(edited.messages)")
  }

  @Test("may be followed by zeros alone")
  func behind() {
    #expect(BlobForm([]).faults.count == 1)
    #expect(BlobForm(Array(repeating: 0, count: 64)).faults.count == 1)
  }

  @Test("are read without a crash wherever they are cut off, and whatever stands in one of them")
  func hostile() throws {
    let blob = try Self.cluster().blob
    #expect(BlobForm(blob).faults == [])
    #expect(BlobForm(blob + [0, 0, 0]).faults == [])
    #expect(!BlobForm(blob + [0, 1]).faults.isEmpty)
    for count in 0..<blob.count { #expect(!BlobForm(Array(blob.prefix(count))).faults.isEmpty, "\(count)") }
    for place in 0..<64 {
      var changed = blob
      changed[place] = 0xFF
      #expect(!BlobForm(changed).faults.isEmpty, "\(place)")
    }
  }

  @Test("mean something, each of them: no flipped bit goes unnoticed, of which every eighth is tried here")
  func flips() throws {
    let (edited, blob) = try Self.cluster()
    for place in blob.indices {
      let mutant = try edited.editingBytes("cluster") { $0[place] ^= 1 << UInt8(place % 8) }
      let isRefused = ClaimBook.trees.contains { !$0.examine(mutant.system, mutant.context).findings.isEmpty }
      #expect(isRefused, "byte \(place)")
    }
  }
}
