import Diagnostics
import Testing

@testable import Manifest

@Suite("Numbers, quantities and words")
struct ValueTests {
  @Test(
    "Sizes take units or plain bytes",
    arguments: [
      ("64 MiB", 64 << 20), ("64MiB", 64 << 20), ("4 KiB", 4096), ("2  GiB", 2 << 30), ("1", 1), ("0x200000", 2 << 20),
      ("17179869183 GiB", 17_179_869_183 << 30), ("18446744073709551615", UInt64.max),
    ])
  func sizes(text: String, bytes: UInt64) throws {
    #expect(try Quantity.size.parse(text, isPlain: true).get() == bytes)
  }

  @Test("Times and rates need a unit")
  func timesAndRates() throws {
    #expect(try Quantity.time.parse("10 s", isPlain: true).get() == 10_000_000)
    #expect(try Quantity.time.parse("500ms", isPlain: true).get() == 500_000)
    #expect(try Quantity.time.parse("7 us", isPlain: false).get() == 7)
    #expect(try Quantity.rate.parse("200 MB/s", isPlain: true).get() == 200_000_000)
    #expect(try Quantity.rate.parse("1 kB/s", isPlain: true).get() == 1000)
    #expect(problem(.time, "10") == "BH-MAN-008: write one of `10 us`, `10 ms`, `10 s`")
  }

  @Test(
    "What is no quantity is refused with what to write",
    arguments: [
      (Quantity.size, "64 MB", "BH-MAN-008: write `64 MiB`"), (.size, "64M", "BH-MAN-008: write `64 MiB`"),
      (.size, "64 mib", "BH-MAN-008: write `64 MiB`"), (.size, "64 bytes", "BH-MAN-008: write 64"),
      (.size, "1.5 GiB", "BH-MAN-006: write `1536 MiB`"), (.size, "0.5 KiB", "BH-MAN-006: write for example `64 MiB`"),
      (.size, "0", "BH-MAN-009: write for example `64 MiB`"),
      (.size, "0 GiB", "BH-MAN-009: write for example `64 MiB`"),
      (.size, "17179869184 GiB", "BH-MAN-007: write for example `64 MiB`"),
      (.size, "18446744073709551616", "BH-MAN-007: the largest number is 0xFFFFFFFFFFFFFFFF"),
      (.size, "0x10 MiB", "BH-MAN-008: write for example `64 MiB`"),
      (.size, "MiB", "BH-MAN-008: write for example `64 MiB`"),
      (.size, "a lot", "BH-MAN-008: write for example `64 MiB`"), (.size, "1_0 MiB", "BH-MAN-006: write 10"),
      (.size, "010 MiB", "BH-MAN-006: write 10, or 0x8"),
      (.size, "-4 KiB", "BH-MAN-007: write a number from 0 upwards"),
      (.time, "10 sec", "BH-MAN-008: write `10 s`"), (.time, "10 µs", "BH-MAN-008: write `10 us`"),
      (.time, "1.5 s", "BH-MAN-006: write `1500 ms`"), (.rate, "2 MB", "BH-MAN-008: write `2 MB/s`"),
    ])
  func problems(quantity: Quantity, text: String, expected: String) {
    #expect(problem(quantity, text) == expected)
  }

  private func problem(_ quantity: Quantity, _ text: String) -> String? {
    guard case .failure(let problem) = quantity.parse(text, isPlain: true) else { return nil }
    return "\(problem.rule.id): \(problem.help)"
  }

  @Test(
    "Whole numbers are decimal or hexadecimal, up to 2^64 - 1",
    arguments: [
      ("0", 0), ("10", 10), ("0x10", 16), ("0xfFfF", 65535), ("0x0", 0), ("0x00000000000000000001", 1),
      ("18446744073709551615", UInt64.max), ("0xFFFFFFFFFFFFFFFF", UInt64.max),
    ])
  func numbers(text: String, value: UInt64) throws {
    #expect(try WholeNumber.parse(text).get() == value)
  }

  @Test(
    "Other notations are refused with the one to write",
    arguments: [
      ("012", "write 12, or 0xa"), ("00", "write 0"), ("089", "leave the zeros out"), ("1_000", "write 1000"),
      ("0x1_0", "write 0x10"), ("+7", "write 7"), ("-7", "write a number from 0 upwards"), ("0o17", "write 0xf"),
      ("0b101", "write 0x5"), ("0X1F", "write 0x1F"), ("1:30", "write it in decimal"),
      ("1e3", "write it out, without point and exponent"), ("1.0", "write it out, without point and exponent"),
      (".inf", "write it out, without point and exponent"),
      ("18446744073709551616", "the largest number is 0xFFFFFFFFFFFFFFFF"),
      ("0x10000000000000000", "the largest number is 0xFFFFFFFFFFFFFFFF"),
      ("0x", "write a whole number, decimal or hexadecimal with 0x"),
      ("ten", "write a whole number, decimal or hexadecimal with 0x"),
      ("١٢", "write a whole number, decimal or hexadecimal with 0x"),
      ("", "write a whole number, decimal or hexadecimal with 0x"),
    ])
  func notations(text: String, help: String) {
    guard case .failure(let problem) = WholeNumber.parse(text) else {
      Issue.record("\(text) is taken for a number")
      return
    }
    #expect(problem.help == help)
  }

  @Test("YAML's other words are known, and ordinary words are left alone")
  func words() {
    for text in ["no", "No", "NO", "on", "off", "yes", "true", "FALSE"] {
      #expect(YAMLWord.meaning(of: text) == "a truth value", "\(text)")
    }
    for text in ["", "~", "null", "NULL"] { #expect(YAMLWord.meaning(of: text) == "nothing", "\(text)") }
    for text in ["1", "1e3", "0x10", "012", "1:30", "-.inf", "1_0", ".5", "5.", "190:20:30.15"] {
      #expect(YAMLWord.meaning(of: text) == "a number", "\(text)")
    }
    #expect(YAMLWord.meaning(of: "2026-01-31") == "a date")
    for text in ["nO", "tRue", "online", "cpu0", "0xyz", "1e", "e3", "-", ".", "a:b", "1.2.3", "/soc", "-.info", "1 2"]
    {
      #expect(YAMLWord.meaning(of: text) == nil, "\(text)")
    }
  }

  @Test("Names may be what YAML takes for something else, in quotes")
  func quotedNames() throws {
    let text = Samples.small.replacing("cluster:", with: "\"no\":")
    let reading = try ManifestReader.read(text: text, file: "m.yaml")
    #expect(reading.findings.isEmpty)
    #expect(reading.manifest?.domains.map(\.name.value) == ["no"])
  }

  @Test("Properties to set are told apart by how they are written")
  func properties() throws {
    let values: [(String, PropertyValue)] = [
      ("true", .empty), ("text", .strings(["text"])), ("\"7\"", .strings(["7"])), ("[a, \"1\"]", .strings(["a", "1"])),
      ("7", .cell(7)), ("0xFFFFFFFF", .cell(.max)), ("[2, 0, 0xFF]", .bytes([2, 0, 255])),
      ("[2, 256]", .cells([2, 256])),
    ]
    for (written, value) in values {
      let text = Samples.small + "    devices: [{ path: /a, set: { x: \(written) } }]\n"
      let reading = try ManifestReader.read(text: text, file: "m.yaml")
      #expect(reading.manifest?.domains.first?.devices.first?.properties.first?.value == value, "\(written)")
    }
    for written in ["false", "no", "1.5", "4294967296", "-1", "[]", "[a, 1]", "{ a: b }", "[[1]]", "012", "~"] {
      let text = Samples.small + "    devices: [{ path: /a, set: { x: \(written) } }]\n"
      let reading = try ManifestReader.read(text: text, file: "m.yaml")
      #expect(reading.findings.containsError && reading.manifest == nil, "\(written)")
    }
  }

  @Test("A range of CPUs is refused with the list to write")
  func cpuRanges() throws {
    for written in ["0-3", "0..3"] {
      let reading = try ManifestReader.read(text: Samples.small.replacing("[0]", with: "[\(written)]"), file: "m.yaml")
      #expect(reading.findings.map(\.help) == ["write each: 0, 1, 2, 3"])
    }
    for written in ["cpu@100", "cpu-0", "3-0", "A57_0", "0-"] {
      let reading = try ManifestReader.read(text: Samples.small.replacing("[0]", with: "[\(written)]"), file: "m.yaml")
      #expect(reading.manifest?.domains.first?.cpus.map(\.value) == [.node(written)])
    }
  }

  @Test("A word that weakens protection is never suggested")
  func noDangerousSuggestion() throws {
    let text = Samples.small + "    devices: [{ path: /a, dma: protected }]\n"
    let reading = try ManifestReader.read(text: text, file: "m.yaml")
    #expect(reading.findings.map(\.help) == ["write `unprotected`, or remove the key"])
  }
}
