import Foundation
import Ownership
import Testing

@testable import Verifier

@Suite("Certificates as text")
struct CertificateTests {
  /// A domain, a file and an assumption whose names try to make lines of their own.
  static let hostile = "a\" b\\u{22}\nmemory 0x0..0xfff nobody\r\u{85}\u{2028}é\u{1F600}"

  static func sample() throws -> Certificate {
    let domain = Owner.domain("cluster")
    let claims: [(Resource, Claim)] = [
      (.memory(try range(0x4020_0000, 0x4022_6FFF)), Claim(.hypervisor, [.read, .write, .execute])),
      (.memory(try range(0x4040_0000, 0x423F_FFFF)), Claim(domain, [.read, .write, .execute])),
      (
        .memory(try range(0x5000_0000, 0x5000_0FFF)),
        Claim(.channel("telemetry"), access: [Access(domain, [.read, .write]), Access(.domain(hostile), .read)])
      ),
      (.device(try range(0x901_0000, 0x901_0FFF)), Claim(domain, [.read, .write])),
      (.memory(try range(0x6000_0000, .max)), Claim(.firmware, [])),
      (.interrupt(34), Claim(domain, [.read, .write])), (.interrupt(2), Claim(.hypervisor, .read)),
      (.cpu(affinity: 0), Claim(domain, .execute)), (.cpu(affinity: 0x1_0000_0100), Claim(.domain(hostile), .execute)),
      (.stream(smmu: "/iommu@1 x", id: 16, mask: 3), Claim(domain, .read)),
      (.provider("/clock"), Claim(.nobody, [])),
      (
        .call(0xC200_0001...0xC200_0010, mask: 0xFF, value: 7),
        Claim(.firmware, access: [Access(domain, .execute), Access(.domain(hostile), .execute)])
      ),
      (.colour(3), Claim(domain, .read)),
    ]
    return Certificate(
      name: hostile, board: "qemu-virt",
      inputs: [.init(subject: hostile, sha256: Certificate.digest(of: "a"))],
      outputs: [
        .init(file: hostile, size: .max, sha256: Certificate.digest(of: "b")),
        .init(file: "a.bin", size: 3, sha256: Certificate.digest(of: "c")),
      ],
      containers: ["image.elf", hostile],
      pieces: [
        .init(
          role: "kernel", owner: domain, file: "a.bin", offset: 1, size: 2, memory: try range(0x4040_0000, 0x4040_0FFF)),
        .init(
          role: "file", owner: .domain(hostile), file: nil, offset: 0, size: 0,
          memory: try range(0x4030_0000, 0x4030_0000)
        ),
      ],
      verdicts: [
        .init(id: "BH-VER-010", word: "proved", examined: 4, unit: "leaves", assumptions: []),
        .init(id: "BH-VER-011", word: "assumed", examined: 0, unit: hostile, assumptions: [hostile, "because"]),
      ],
      ownership: Ownership.collecting(claims).map)
  }

  static func range(_ base: UInt64, _ last: UInt64) throws -> AddressRange {
    try #require(AddressRange(base: base, last: last))
  }

  @Test("read back give the same certificate and the same bytes, whatever the names in them")
  func roundTrip() throws {
    let certificate = try Self.sample()
    let text = certificate.text
    let read = try Certificate(text: text)
    #expect(read == certificate)
    #expect(read.text == text)
    #expect(text.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
  }

  @Test("hold every run of addresses once, in order, and each thing on a line of its own")
  func runs() throws {
    let lines = try Self.sample().text.split(separator: "\n")
    let runs = lines.filter { $0.hasPrefix("memory ") || $0.hasPrefix("device ") }.map { $0.split(separator: " ")[1] }
    #expect(
      runs == [
        "0x9010000..0x9010fff", "0x40200000..0x40226fff", "0x40400000..0x423fffff", "0x50000000..0x50000fff",
        "0x60000000..0xffffffffffffffff",
      ])
    #expect(lines.contains("interrupt 34 domain \"cluster\" domain \"cluster\" rw"))
    #expect(lines.contains { $0.hasPrefix("call 0xc2000001..0xc2000010 0xff 0x7 firmware domain ") })
  }

  @Test("are refused with the line when one byte of them is another one")
  func everyByte() throws {
    let text = Array(try Self.sample().text.utf8)
    for index in text.indices {
      for byte in [text[index] ^ 1, 0x0A, 0x20] where byte != text[index] {
        var edited = text
        edited[index] = byte
        let error = #expect(throws: VerifierError.self) {
          try Certificate(text: String(decoding: edited, as: UTF8.self))
        }
        #expect(error?.finding.message.contains("line ") == true)
      }
    }
  }

  @Test("are refused when they are cut short anywhere, or go on behind their end")
  func truncated() throws {
    let text = try Self.sample().text
    for count in 0..<text.utf8.count {
      #expect(throws: VerifierError.self) {
        try Certificate(text: String(decoding: text.utf8.prefix(count), as: UTF8.self))
      }
    }
    #expect(throws: VerifierError.self) { try Certificate(text: text + "\n") }
    #expect(throws: VerifierError.self) { try Certificate(text: text + text) }
  }

  @Test("are refused in another spelling, with the line, although the hash is right")
  func otherSpelling() throws {
    let lines = try Self.sample().text.split(separator: "\n").dropLast().map(String.init)
    let edits: [(Int) -> (String, String)?] = [
      { lines[$0].hasPrefix("interrupt 34") ? ("interrupt 34", "interrupt 034") : nil },
      { lines[$0].hasPrefix("cpu 0x0 ") ? ("0x0", "0x00") : nil },
      { lines[$0].hasPrefix("provider") ? ("nobody", "nobody ") : nil },
      { lines[$0].hasPrefix("memory 0x40400000") ? ("rwx", "xwr") : nil },
      { lines[$0].hasPrefix("memory 0x40400000") ? ("0x423fffff", "0x503fffff") : nil },
      { lines[$0].hasPrefix("device") ? ("device ", "gadget ") : nil },
      { lines[$0].hasPrefix("assumption") ? ("BH-VER-011", "BH-VER-010") : nil },
    ]
    for edit in edits {
      let index = try #require(lines.indices.first { edit($0) != nil })
      let (old, new) = try #require(edit(index))
      var edited = lines
      edited[index] = lines[index].replacingOccurrences(of: old, with: new)
      let body = edited.joined(separator: "\n") + "\n"
      let error = #expect(throws: VerifierError.self) {
        try Certificate(text: body + "sha256 \(Certificate.digest(of: body))\n")
      }
      #expect(error?.finding.rule == CertificateRules.readable.id, "\(old) → \(new)")
    }
  }
}
