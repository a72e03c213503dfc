import BulkheadKit
import Foundation
import TestSupport
import Ownership
import Testing

@testable import Verifier

@Suite("What runs at EL2 is the linked runtime")
struct RuntimeClaimTests {
  private static func runtime() throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: Project(root: Repository.root).runtimeFile(for: .three))))
  }

  private func outcome(_ image: MemoryImage, runtime: [UInt8]?) throws -> ClaimOutcome {
    let built = try BuiltSystem.cockpit.get()
    let context = VerificationContext(
      board: built.context.board, manifest: built.context.manifest, plan: built.context.plan, runtime: runtime)
    return RuntimeUnchanged.examine(try SystemReader.read(image, pieces: built.pieces), context)
  }

  @Test("as built, byte for byte; without its file that is only assumed")
  func asBuilt() throws {
    let image = try BuiltSystem.cockpit.get().image
    let outcome = try outcome(image, runtime: try Self.runtime())
    #expect(outcome.findings.map(\.message) == [])
    #expect(outcome.verdict == "proved")
    #expect(outcome.examined > 40_000)
    #expect(try self.outcome(image, runtime: nil).verdict == "assumed")
  }

  @Test("but for a bit of an instruction, a constant, a relocated word or a variable")
  func edited() throws {
    let image = try BuiltSystem.cockpit.get().image
    let sections = try HypervisorHeaderReader.read(image)
    let places = [sections.base + 0x400, sections.readOnlyData.base, sections.data.last - 7]
    for place in places {
      let edited = try image.editing(place) { (word: UInt64) in word ^ 1 << 40 }
      let findings = try outcome(edited, runtime: try Self.runtime()).findings
      #expect(findings.count == 1)
      #expect(findings.first?.resource?.value?.dropLast(1) == (place + 5).hexadecimal.dropLast(1))
    }
  }

  @Test("and its header places it where the board's boot loader puts images")
  func header() throws {
    let image = try BuiltSystem.cockpit.get().image
    let runtime = try Self.runtime()
    let offset = try image.editing(image.entry + UInt64(HeaderOffsets.textOffset)) { (word: UInt64) in word - 4096 }
    #expect(try outcome(offset, runtime: runtime).findings.map(\.rule.rawValue) == ["BH-VER-029"])
    let size = try image.editing(image.entry + UInt64(HeaderOffsets.imageSize)) { (word: UInt64) in word + 4096 }
    #expect(try outcome(size, runtime: runtime).findings.map(\.rule.rawValue) == ["BH-VER-029"])
  }

  @Test("and a runtime that cannot be read proves nothing")
  func unreadable() throws {
    let image = try BuiltSystem.cockpit.get().image
    let runtime = try Self.runtime()
    for broken in [
      [], Array(runtime.prefix(100)), Array(runtime.prefix(8192)), [UInt8](repeating: 0, count: 4096),
    ] {
      #expect(try !outcome(image, runtime: broken).findings.isEmpty)
    }
    var otherMachine = runtime
    otherMachine[18] = 62
    #expect(try !outcome(image, runtime: otherMachine).findings.isEmpty)
  }
}
