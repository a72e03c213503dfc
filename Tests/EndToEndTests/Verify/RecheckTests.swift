import BulkheadKit
import Foundation
import Testing
import TestSupport

@Suite("bulkhead-recheck")
struct RecheckTests {
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    try FileManager.default.createDirectory(atPath: scratch.path + "/payloads", withIntermediateDirectories: true)
    _ = try scratch.file("hypervisor.img", [UInt8](repeating: 7, count: 5000))
    _ = try scratch.file("payloads/kernel.bin", [1, 2, 3])
    _ = try scratch.file("certificate.txt", Self.certificate().text)
  }

  /// A small system: a hypervisor, two domains, one channel.
  private static func certificate() throws -> Certificate {
    let (left, right) = (Owner.domain("left"), Owner.domain("right"))
    let claims: [(Resource, Claim)] = [
      (.memory(try range(0x1000, 0x2FFF)), Claim(.hypervisor, [.read, .write, .execute])),
      (.memory(try range(0x3000, 0x3FFF)), Claim(left, [.read, .write, .execute])),
      (.memory(try range(0x4000, 0x4FFF)), Claim(left, [.read, .write])),
      (.memory(try range(0x6000, 0x7FFF)), Claim(right, [.read, .write, .execute])),
      (
        .memory(try range(0x8000, 0x8FFF)),
        Claim(.channel("c"), access: [Access(left, [.read, .write]), Access(right, .read)])
      ),
      (.device(try range(0x9000, 0x9FFF)), Claim(right, [.read, .write])),
      (.interrupt(34), Claim(left, .read)), (.cpu(affinity: 0), Claim(left, .execute)),
      (.cpu(affinity: 1), Claim(right, .execute)), (.stream(smmu: "/smmu", id: 4, mask: 3), Claim(left, .read)),
      (.call(1...2, mask: 0, value: 0), Claim(.firmware, access: [Access(left, .execute), Access(right, .execute)])),
    ]
    let hash = InputDigest.sha256(of:)
    return Certificate(
      name: "pair", board: "b", inputs: [.init(subject: "manifest m.yaml", sha256: hash([]))],
      outputs: [
        .init(file: "hypervisor.img", size: 5000, sha256: hash([UInt8](repeating: 7, count: 5000))),
        .init(file: "payloads/kernel.bin", size: 3, sha256: hash([1, 2, 3])),
      ],
      containers: ["image.elf"],
      pieces: [
        .init(
          role: "hypervisor", owner: .hypervisor, file: "hypervisor.img", offset: 0, size: 5000,
          memory: try range(0x1000, 0x2FFF)),
        .init(
          role: "kernel", owner: left, file: "payloads/kernel.bin", offset: 0, size: 3,
          memory: try range(0x3800, 0x4800)),
      ],
      verdicts: [
        .init(id: "BH-VER-010", word: "proved", examined: 1, unit: "leaves", assumptions: []),
        .init(id: "BH-VER-011", word: "assumed", examined: 1, unit: "leaves", assumptions: ["DMA"]),
      ],
      ownership: Ownership.collecting(claims).map)
  }

  private static func range(_ base: UInt64, _ last: UInt64) throws -> AddressRange {
    try #require(AddressRange(base: base, last: last))
  }

  /// Writes the certificate with a text replaced, and its hash made to fit again.
  private func edit(_ old: String, _ new: String) throws {
    let text = try Self.certificate().text
    #expect(text.contains(old), "the edit of \(old) edits nothing")
    let lines = text.replacingOccurrences(of: old, with: new).split(separator: "\n").dropLast()
    let body = lines.joined(separator: "\n") + "\n"
    let hash = InputDigest.sha256(of: Array(body.utf8))
    _ = try scratch.file("certificate.txt", body + "sha256 \(hash)\n")
  }

  private func recheck() throws -> Tool.Outcome { try Tool.run([scratch.path], program: Tool.recheck) }

  @Test("accepts a certificate that fits its folder, and says how much it looked at")
  func accepts() throws {
    let outcome = try recheck()
    #expect(outcome.status == 0, "\(outcome.diagnostics)")
    #expect(outcome.output == "2 claims hold; 2 files, 5003 bytes, are what was proved\n")
  }

  @Test(
    "refuses each edit of meaning, with its line, although the hash was made to fit",
    arguments: [
      ("memory 0x6000..0x7fff", "memory 0x4000..0x7fff", "starts before"),
      ("memory 0x6000..0x7fff", "memory 0x5fff..0x7fff", "whole pages"),
      ("memory 0x6000..0x7fff", "memory 0x7fff..0x6000", "ends before"),
      ("0x7fff domain \"right\" domain \"right\" rwx", "0x7fff domain \"right\" domain \"left\" rwx", "cannot have"),
      (
        "domain \"right\" domain \"right\" rw\n", "domain \"right\" domain \"right\" rw domain \"left\" r\n",
        "cannot have"
      ),
      ("domain \"left\" rw domain \"right\" r\n", "domain \"left\" rw domain \"right\" rw\n", "2 writers"),
      ("domain \"left\" rw domain \"right\" r\n", "domain \"left\" r domain \"right\" r\n", "0 writers"),
      ("domain \"left\" rw domain \"right\" r\n", "domain \"left\" rw domain \"right\" rx\n", "cannot have"),
      ("domain \"left\" rw domain \"right\" r\n", "domain \"left\" rw domain \"left\" r\n", "cannot have"),
      ("cpu 0x1", "cpu 0x0", "twice"), ("interrupt 34", "interrupt 034", "a number"),
      ("call 0x1..0x2 0x0 0x0 firmware", "call 0x1..0x2 0x0 0x0 hypervisor", "only firmware"),
      ("stream \"/smmu\" 0x4 0x3", "stream \"/smmu\" 0x6 0x0 nobody\nstream \"/smmu\" 0x4 0x3", "not distinct"),
      ("piece kernel domain \"left\"", "piece kernel domain \"right\"", "of domain \"right\""),
      ("0x3800..0x4800", "0x3800..0x5800", "nobody has"), ("0x3800..0x4800", "0x5800..0x5fff", "nobody has"),
      ("0x3800..0x4800", "0xf800..0xffff", "nobody has"), ("0x3800..0x4800", "0x9000..0x9fff", "of domain \"left\""),
      ("0x3800..0x4800", "0x2000..0x4800", "starts before"), ("0x3800..0x4800", "0x3800..0x3801", "more than this"),
      ("\"payloads/kernel.bin\" 0 3 0x", "\"payloads/kernel.bin\" 1 3 0x", "no output"),
      ("\"payloads/kernel.bin\" 0 3 0x", "\"payloads/other.bin\" 0 3 0x", "no output"),
      ("\"payloads/kernel.bin\" 0 3 0x", "\"payloads/kernel.bin\" 18446744073709551615 3 0x", "no output"),
      ("BH-VER-010 proved", "BH-VER-010 refuted", "is refuted"),
      ("BH-VER-010 proved", "BH-VER-010 assumed", "assumptions"),
      ("BH-VER-011 assumed", "BH-VER-011 proved", "assumptions"),
      ("claim BH-VER-010", "claim BH-VER-012", "wrong place"), ("proved 1", "proved 0", "is proved"),
      ("proved 1", "empty 1", "is empty"), ("assumed 1", "empty 0", "assumptions"),
      ("output \"p", "output \"/p", "no plain name"),
      ("output \"p", "output \"../p", "no plain name"),
      ("bulkhead-certificate 1", "bulkhead-certificate 2", "version 1"),
      ("board \"b\"\n", "", "`board`"), ("name \"pair\"\n", "name \"pair\"\nname \"pair\"\n", "cannot stand here"),
      ("container", "note", "cannot stand here"), ("cpu 0x0 domain", "cpu 0x0  domain", "word is missing"),
      ("name \"pair\"", "name \"pair\" ", "one space"),
      ("name \"pair\"", "name pair", "quotation marks"), ("name \"pair\"", "name \"pair", "no end"),
      ("name \"pair\"", "name \"pair\" x", "more on this line"), ("name \"pair\"", "name \"pa\tir\"", "printable"),
    ])
  func edits(_ old: String, _ new: String, _ words: String) throws {
    try edit(old, new)
    let outcome = try recheck()
    #expect(outcome.status == 1 && outcome.isOrderly)
    #expect(outcome.diagnostics.hasPrefix("certificate.txt"))
    #expect(outcome.diagnostics.contains(words), "\(outcome.diagnostics)")
    #expect(outcome.output.isEmpty)
  }

  @Test("refuses a certificate whose hash does not fit, and one that is cut short")
  func damaged() throws {
    let text = try Self.certificate().text
    _ = try scratch.file("certificate.txt", text.replacingOccurrences(of: "proved", with: "PROVED"))
    #expect(try recheck().diagnostics.contains("somebody edited them"))
    for count in stride(from: 0, to: text.utf8.count, by: 97) {
      _ = try scratch.file("certificate.txt", Array(text.utf8.prefix(count)))
      #expect(try recheck().status == 1)
    }
  }

  @Test("refuses a file that is another one, at the line that names it")
  func otherFile() throws {
    for bytes in [[1, 2, 4], [1, 2], [1, 2, 3, 4], []] as [[UInt8]] {
      _ = try scratch.file("payloads/kernel.bin", bytes)
      let outcome = try recheck()
      #expect(outcome.status == 1)
      #expect(outcome.diagnostics.contains("payloads/kernel.bin is not the file"))
    }
  }

  @Test("ends with 2 where a file is missing or no ordinary one, and with 64 on wrong usage")
  func unusable() throws {
    let file = scratch.path + "/payloads/kernel.bin"
    try FileManager.default.removeItem(atPath: file)
    #expect(try recheck().status == 2)
    try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: true)
    #expect(try recheck().status == 2)
    try FileManager.default.removeItem(atPath: scratch.path + "/certificate.txt")
    #expect(try recheck().status == 2)
    #expect(try Tool.run([scratch.path + "/nothing"], program: Tool.recheck).status == 2)
    #expect(try Tool.run([], program: Tool.recheck).status == 64)
    #expect(try Tool.run(["a", "b"], program: Tool.recheck).status == 64)
    #expect(try Tool.run(["--help"], program: Tool.recheck).status == 0)
  }

  @Test("is small enough to be read in one sitting and imports nothing of the rest")
  func independent() throws {
    let folder = Repository.root + "/Sources/bulkhead-recheck"
    var count = 0
    for file in try FileManager.default.subpathsOfDirectory(atPath: folder) where file.hasSuffix(".swift") {
      let lines = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8).split(separator: "\n")
      let code = lines.map { $0.drop { $0 == " " } }.filter { !$0.hasPrefix("//") }
      let imports = Set(code.filter { $0.contains("import ") })
      #expect(imports.isSubset(of: ["import Foundation", "import Crypto"]), "\(file)")
      count += code.count
    }
    #expect((100...300).contains(count), "\(count) lines of code")
  }
}
