import Testing

@testable import Emulator

@Suite("Console output is taken apart by its labels")
struct ConsoleSplitterTests {
  private func lines(_ bytes: [UInt8], labels: ConsoleLabels, piece: Int) -> [String] {
    var splitter = ConsoleSplitter(labels: labels)
    var lines: [String] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      for fragment in splitter.consume(Array(rest.prefix(piece))) {
        if fragment.startsLine { lines.append("\(fragment.source): ") }
        lines[lines.count - 1] += fragment.text
      }
      rest = rest.dropFirst(piece)
    }
    return lines
  }

  private let labels = ConsoleLabels.labelled(domains: ["cluster", "clu", "infotainment"])

  @Test("However the bytes arrive, the lines are the same", arguments: [1, 2, 3, 7, 64, 10_000])
  func pieces(size: Int) {
    let text =
      "boot\r\n[cluster] heartbeat 10\r\n[clu] x\n[infotainment] grün 🚗\n\n[other] y\n[cluster]z\n[bulkhead] up\n"
    #expect(
      lines(Array(text.utf8), labels: labels, piece: size) == [
        "bulkhead: boot", "cluster: heartbeat 10", "clu: x", "infotainment: grün 🚗", "bulkhead: ",
        "bulkhead: [other] y", "bulkhead: [cluster]z", "bulkhead: up",
      ])
  }

  @Test("A label within a domain's line is only text")
  func forgedLabel() {
    let text = "[infotainment] [cluster] heartbeat 99\n"
    #expect(lines(Array(text.utf8), labels: labels, piece: 5) == ["infotainment: [cluster] heartbeat 99"])
  }

  @Test("A domain that runs alone has no labels, whatever its lines look like")
  func single() {
    let text = "[    0.000000] Booting Linux\n[cluster] mine\n"
    #expect(
      lines(Array(text.utf8), labels: .single("cluster"), piece: 4) == [
        "cluster: [    0.000000] Booting Linux", "cluster: [cluster] mine",
      ])
  }

  @Test("Terminal escapes and control characters do not come through", arguments: [1, 3, 100])
  func escapes(size: Int) {
    let bytes = Array("[clu] a\u{1B}[2J\u{1B}[31mb\u{07}\u{08}\tc\u{1B}Md\u{9B}e\u{202E}f\n".utf8)
    #expect(lines(bytes, labels: labels, piece: size) == ["clu: ab\tcdef"])
  }

  @Test("Bytes that are no UTF-8 are replaced, and the next line is read as ever", arguments: [1, 2, 5])
  func invalid(size: Int) {
    let bytes: [UInt8] = Array("[clu] a".utf8) + [0xFF, 0xC3, 0x28, 0xE2, 0x82] + Array("\n[cluster] b\n".utf8)
    #expect(lines(bytes, labels: labels, piece: size) == ["clu: a\u{FFFD}\u{FFFD}(\u{FFFD}", "cluster: b"])
  }

  @Test("A line without an end is broken at the limit and stays with its source")
  func endless() {
    let bytes = Array("[clu] ".utf8) + [UInt8](repeating: 0x61, count: 3 * ConsoleSplitter.lineLimit + 5)
    let lines = lines(bytes, labels: labels, piece: 1000)
    #expect(lines.count == 4)
    #expect(lines.allSatisfy { $0.hasPrefix("clu: aaaaa") })
  }

  @Test("A prompt without a line break is shown once nothing follows")
  func prompt() {
    var splitter = ConsoleSplitter(labels: labels)
    #expect(splitter.consume(Array("[clu".utf8)).isEmpty)
    let shown = splitter.flush()
    #expect(shown == [ConsoleFragment(source: "bulkhead", text: "[clu", startsLine: true, endsLine: false)])
    let end = splitter.finish()
    #expect(end == [ConsoleFragment(source: "bulkhead", text: "", startsLine: false, endsLine: true)])
    #expect(splitter.finish().isEmpty)
  }
}
