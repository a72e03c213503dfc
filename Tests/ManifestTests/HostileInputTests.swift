import Diagnostics
import Foundation
@testable import Manifest
import Testing
import TestSupport

/// Whatever the bytes are, the reader gives a manifest, findings, or an `InputError`; a crash or a hang fails the run.
@Suite("Hostile manifests")
struct HostileInputTests {
  /// Reads bytes as the program reads a file, and holds the reader to its promises.
  private func read(_ bytes: [UInt8]) {
    do {
      let text = try SourceText.decode(bytes, file: "hostile.yaml")
      let reading = try ManifestReader.read(text: text, file: "hostile.yaml", rules: ManifestRules.all)
      if reading.manifest == nil { #expect(reading.findings.containsError, "\(text)") }
      for finding in reading.findings { check(finding) }
    } catch {
      check(error.finding)
    }
  }

  private func check(_ finding: Finding) {
    #expect(finding.message.count < 1500 && !finding.message.contains("\n"))
    #expect((finding.help ?? "").count < 1500)
    #expect(finding.spans.allSatisfy { $0.start.line >= 1 && $0.start.column >= 1 })
    #expect(!finding.spans.isEmpty || finding.resource?.kind == .file, "\(finding.rule): \(finding.message)")
  }

  @Test("A manifest cut off at any byte")
  func truncations() {
    let bytes = Array(Samples.everything.utf8)
    for count in bytes.indices { read(Array(bytes[..<count])) }
  }

  @Test("Bytes changed at random", arguments: 0..<4)
  func bytes(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let original = Array(Samples.everything.utf8)
    let interesting = Array("{}[]:,&*!|>'\"%@`#-? \t\n\r\0~<=/\\0x".utf8) + [0x85, 0xC2, 0xE2, 0xFF, 0xEF]
    for _ in 0..<800 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let index = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes[index] = interesting.randomElement(using: &random) ?? 0
        case 2: bytes.insert(interesting.randomElement(using: &random) ?? 0, at: index)
        default: bytes.remove(at: index)
        }
      }
      read(bytes)
    }
  }

  @Test("Lines doubled, left out, swapped and indented at random", arguments: 0..<4)
  func lines(seed: UInt64) {
    var random = SeededGenerator(seed: 100 + seed)
    let original = Samples.everything.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for _ in 0..<500 {
      var lines = original
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let index = Int.random(in: lines.indices, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: lines.insert(lines[index], at: Int.random(in: lines.indices, using: &random))
        case 1: lines.remove(at: index)
        case 2: lines.swapAt(index, Int.random(in: lines.indices, using: &random))
        default: lines[index] = String(repeating: " ", count: Int.random(in: 1...6, using: &random)) + lines[index]
        }
      }
      read(Array(lines.joined(separator: "\n").utf8))
    }
  }

  @Test("Values replaced by others at random", arguments: 0..<4)
  func tokens(seed: UInt64) {
    var random = SeededGenerator(seed: 200 + seed)
    let values = [
      "", "~", "no", "-1", "0", "18446744073709551616", "0xFFFFFFFFFFFFFFFF", "1e309", ".inf", "[]", "{}", "[[]]",
      "{a: b}", "&a b", "*a", "!!binary AA==", "\"\\u0000\"", "'x'", "|", ">", "<<", "99999999999999999999 GiB",
      "16777216 TiB", "0x0..0xFFFFFFFF", "..", "0x..", "owned-by", "override: true", "../../../etc/passwd",
    ]
    let tokens = Samples.everything.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    for _ in 0..<500 {
      var changed = tokens
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        changed[Int.random(in: changed.indices, using: &random)] = values.randomElement(using: &random) ?? ""
      }
      read(Array(changed.joined(separator: " ").utf8))
    }
  }

  @Test("Text that grows beyond all bounds when it is read is refused at once")
  func bombs() {
    let aliases = (1...30).map {
      "a\($0): &a\($0) [\(Array(repeating: "*a\($0 - 1)", count: 9).joined(separator: ", "))]"
    }
    read(Array("a0: &a0 [x]\n\(aliases.joined(separator: "\n"))\n? *a30\n: x".utf8))
    for opening in ["[", "{a: ", "- ", "? ", "- - ", "[{"] {
      read(Array(String(repeating: opening, count: 200_000).utf8))
    }
    read(Array((0..<20_000).map { "k\($0): v\n" }.joined().utf8))
    read(Array("disabled: [\((0..<50_000).map(String.init).joined(separator: ","))]".utf8))
    read(Array("name: \(String(repeating: "x", count: 900_000))".utf8))
    read(Array("\(String(repeating: "k", count: 1020)): v".utf8))
    let longKey = String(repeating: "k", count: 400_000)
    read(Array("? \"\(longKey)\"\n: [\(String(repeating: "a,", count: 150_000))]".utf8))
    read(Array((0..<100_000).map { "k\($0):\n" }.joined().utf8))
    read(Array("\"\(String(repeating: "\\u0007", count: 100))\": \"\\e[31m\"".utf8))
    for sign in ["+", "-", "_", "0", "0x0", "1:", "-0x"] {
      let number = String(repeating: sign, count: 200_000)
      read(Array("memory-banks: [{ base: \(number), size: \(number) MiB }]\nexpect: [{ within: \(number) }]".utf8))
    }
    read(Array(repeating: 0, count: 1000))
    read([0xD0, 0x0D, 0xFE, 0xED, 0, 0, 0, 0x48])
  }

  @Test("Files that are no manifests are refused with exit status 2 or a finding")
  func odd() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "bulkhead-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let large = folder.appending(path: "large.yaml")
    try Data(repeating: UInt8(ascii: "#"), count: (1 << 20) + 1).write(to: large)
    let wide = folder.appending(path: "wide.yaml")
    try Data("\u{FEFF}manifest: 1".data(using: .utf16LittleEndian) ?? Data()).write(to: wide)
    let pipe = folder.appending(path: "pipe")
    #expect(mkfifo(pipe.path, 0o600) == 0)
    let links = try ["pipe", "/dev/zero", "link-2", "missing", "."].enumerated().map { index, target in
      let link = folder.appending(path: "link-\(index)").path
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
      return link
    }
    for file in links + [
      pipe.path, large.path, wide.path, folder.path, "/dev/null", "/dev/zero", "", "\0", "/no/such/file", "/bin/sh",
    ] {
      #expect(throws: InputError.self, "\(file)") { try ManifestReader.read(file: file) }
    }
    let marked = folder.appending(path: "marked.yaml")
    try Data("\u{FEFF}\(Samples.small)".utf8).write(to: marked)
    let reading = try ManifestReader.read(file: marked.path)
    #expect(reading.findings.isEmpty)
    #expect(reading.manifest?.board.span?.start.column == 8)
  }
}
