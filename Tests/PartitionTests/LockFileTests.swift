import Diagnostics
import Foundation
import Manifest
import Partition
import Testing
import TestSupport

@Suite("The lock file")
struct LockFileTests {
  private let bench: PlanBench
  private let body = """
    domains:
      a: { cpus: [0], memory: 16 MiB, kernel: raw.bin }
      b: { cpus: [1], memory: 64 MiB, kernel: Image, initrd: initrd.gz }

    """

  init() throws { bench = try PlanBench() }

  private func lock(_ body: String) throws -> LockFile {
    let file = try bench.folder.write("test.yaml", "manifest: 1\nname: test\nboard: qemu-virt\n" + body)
    return try LockFile(of: try bench.plan(body), files: [file])
  }

  private func refusal(_ text: String) -> String? {
    do throws(InputError) {
      _ = try LockFile.read(text: text, file: "test.lock.yaml")
      return nil
    } catch {
      return error.finding.message
    }
  }

  @Test("stands beside the manifest under its name")
  func path() {
    #expect(LockFile.path(beside: "boards/x/cockpit.yaml") == "boards/x/cockpit.lock.yaml")
    #expect(LockFile.path(beside: "cockpit.yml") == "cockpit.lock.yaml")
    #expect(LockFile.path(beside: "cockpit") == "cockpit.lock.yaml")
  }

  @Test("holds the hash of every input and every address, and reads back as it was written")
  func roundTrip() throws {
    let written = try lock(body)
    #expect(
      written.inputs.map(\.subject) == [
        "manifest test.yaml", "device-tree of qemu-virt", "domains.a.kernel raw.bin", "domains.b.kernel Image",
        "domains.b.initrd initrd.gz",
      ])
    #expect(written.inputs.allSatisfy { $0.value.count == 64 })
    let read = try LockFile.read(text: written.text, file: "test.lock.yaml")
    #expect(read.differences(from: written).isEmpty)
    #expect(written.differences(from: read).isEmpty)
    #expect(read.text == written.text)
    #expect(!written.text.contains(bench.folder.path))
  }

  @Test("reads back what it wrote of a path that is long in letters beyond ASCII")
  func longPath() throws {
    let text = "lock: 1\nname: n\ninputs:\n  ? \"\(String(repeating: "ф", count: 300))\"\n  : \"0\"\naddresses: {}\n"
    let lock = try LockFile.read(text: text, file: "test.lock.yaml")
    let again = try LockFile.read(text: lock.text, file: "test.lock.yaml")
    #expect(again.inputs.map(\.subject) == [String(repeating: "ф", count: 300)])
    #expect(again.text == lock.text)
  }

  @Test("knows SHA-256 (FIPS 180-4, the example of 3 bytes)")
  func hash() throws {
    let file = try bench.folder.write("abc", "abc")
    let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(try InputDigest.sha256(ofFile: file) == digest)
    #expect(InputDigest.sha256(of: Array("abc".utf8)) == digest)
    let large = [UInt8](repeating: 7, count: 3 << 20 | 5)
    #expect(try InputDigest.sha256(ofFile: try bench.folder.write("large", large)) == InputDigest.sha256(of: large))
  }

  @Test("names every input that has changed and every address that has moved, at the lock's line")
  func differences() throws {
    let locked = try LockFile.read(text: try lock(body).text, file: "test.lock.yaml")
    try bench.folder.write("raw.bin", Kernels.raw(size: 8192))
    let current = try lock(body.replacingOccurrences(of: "16 MiB", with: "128 MiB"))
    let findings = locked.differences(from: current)
    let messages = findings.map(\.message)
    #expect(findings.allSatisfy { $0.severity == .error && $0.rule.rawValue == "BH-LCK-002" })
    #expect(messages.contains("domains.a.kernel raw.bin has changed since it was locked"))
    #expect(messages.contains("manifest test.yaml has changed since it was locked"))
    #expect(messages.contains { $0.hasPrefix("domains.a.memory[0] is 0x") })
    #expect(!messages.contains { $0.contains("Image") })
    let lines = locked.text.split(separator: "\n").map(String.init)
    for finding in findings {
      let line = try #require(finding.spans.first?.start.line)
      #expect(lines[line - 1].contains(finding.subjects[0]))
    }
  }

  @Test("names what was added and what was taken away")
  func addedAndRemoved() throws {
    let two = try lock(body)
    let one = try lock(body.split(separator: "\n").prefix(2).joined(separator: "\n") + "\n")
    #expect(
      two.differences(from: one).contains { $0.message == "domains.b.entry is in the lock and no longer in the plan" })
    #expect(one.differences(from: two).contains { $0.message == "domains.b.entry is not in the lock" })
  }

  @Test("refuses what is no lock file, with the reason")
  func malformed() {
    #expect(refusal("")?.contains("is no lock file") == true)
    #expect(refusal("[]")?.contains("is no lock file") == true)
    #expect(refusal("lock: 2\n")?.contains("version 2") == true)
    #expect(refusal("name: x\n")?.contains("no `lock:`") == true)
    #expect(refusal("lock: 1\n")?.contains("lacks") == true)
    #expect(refusal("lock: 1\ninputs: {}\naddresses: { a: [1] }\n")?.contains("no pair of texts") == true)
    #expect(refusal("lock: 1\ninputs: {}\naddresses: {}\n") == nil)
    #expect(refusal("lock: \"1\ninputs")?.contains("is not YAML") == true)
    #expect(refusal(String(repeating: "[", count: 100_000))?.contains("more than 64 levels deep") == true)
    #expect(refusal("lock: 1\n\tinputs: {}\n")?.contains("is not YAML") == true)
  }

  @Test("says so when it is missing, a folder, or not text")
  func unreadable() throws {
    func message(_ manifest: String) -> String? {
      do throws(InputError) {
        _ = try LockFile.read(beside: manifest)
        return nil
      } catch {
        return error.finding.message
      }
    }
    #expect(message(bench.folder.path + "/none.yaml")?.contains("does not exist") == true)
    try FileManager.default.createDirectory(
      atPath: bench.folder.path + "/f.lock.yaml", withIntermediateDirectories: true)
    #expect(message(bench.folder.path + "/f.yaml")?.contains("is a folder") == true)
    try bench.folder.write("b.lock.yaml", [0xFF, 0xFE, 0x00])
    #expect(message(bench.folder.path + "/b.yaml")?.contains("not UTF-8") == true)
  }

  @Test("never crashes on 3,000 random mutations of a lock file")
  func mutations() throws {
    var generator = SeededGenerator(seed: 0x10CF)
    let text = Array(try lock(body).text.utf8)
    let alphabet = Array("{}[]:,&*!|>'\"%@`#-\n\t \u{0}\u{7f}01ax".utf8)
    var refused = 0
    for _ in 0..<3_000 {
      var bytes = text
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let position = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[position] = alphabet.randomElement(using: &generator) ?? 0
      }
      if refusal(String(decoding: bytes, as: UTF8.self)) != nil { refused += 1 }
    }
    #expect(refused > 300 && refused < 3_000)
  }

  @Test("keeps names that YAML treats specially apart")
  func names() throws {
    for name in ["a: b", "\"quoted\"", "#no-comment", "back\\slash", "ünïcode", "- dash", "{brace}"] {
      try bench.folder.write(name, Kernels.raw())
      let quoted = "'" + name.replacingOccurrences(of: "'", with: "''") + "'"
      let lock = try lock("domains:\n  a: { cpus: [0], memory: 16 MiB, kernel: \(quoted) }\n")
      let read = try LockFile.read(text: lock.text, file: "x")
      #expect(read.inputs.map(\.subject) == lock.inputs.map(\.subject))
      #expect(read.differences(from: lock).isEmpty)
    }
  }
}
