import Diagnostics
import Testing

@Suite("Findings as text")
struct FindingRendererTests {
  @Test("A finding shows its place, the line with marks, the other place with its label, and the help")
  func layout() {
    let finding = Finding(
      Examples.rule, .error, "the key `board` stands here twice",
      spans: [Examples.span(3, 1, length: 5), Examples.span(2, 1, length: 5)], labels: ["written first here"],
      help: "keep one of the two\nor none")
    let sources = Examples.sources("manifest: 1\nboard: qemu-virt\nboard: rpi4\n")
    #expect(
      FindingRenderer(sources: sources).text(for: finding) == """
        error: the key `board` stands here twice [BH-TST-001]
          m.yaml:3:1
            3 | board: rpi4
              | ^^^^^
          m.yaml:2:1  written first here
            2 | board: qemu-virt
              | -----
          help: keep one of the two
                or none

        """)
  }

  @Test("All findings come sorted by place, each once, with a count at the end")
  func all() {
    let findings = [
      Finding(Examples.rule, .warning, "second", spans: [Examples.span(2, 5)]),
      Finding(Examples.rule, .error, "no place"),
      Finding(Examples.rule, .error, "first", spans: [Examples.span(1, 9)]),
      Finding(Examples.rule, .error, "first", spans: [Examples.span(1, 9)]),
    ]
    #expect(
      FindingRenderer().text(for: findings) == """
        error: first [BH-TST-001]
          m.yaml:1:9

        warning: second [BH-TST-001]
          m.yaml:2:5

        error: no place [BH-TST-001]

        2 errors, 1 warning

        """)
    #expect(FindingRenderer.summary(of: [Finding]()) == "no findings")
  }

  @Test(
    "Marks stand under their characters after tabs, wide, combining and control characters",
    arguments: [
      ("\tkey", 2, 3, "    key", "    ^^^"), ("a\tb", 3, 1, "a   b", "    ^"), ("车机: x", 5, 1, "车机: x", "      ^"),
      ("e\u{301}x", 3, 1, "e\u{301}x", " ^"), ("\u{1B}[31mx", 6, 1, "\\u{1b}[31mx", "          ^"),
      ("ab", 9, 4, "ab", "  ^"), ("ab", 1, 99, "ab", "^^"),
    ])
  func alignment(line: String, column: Int, length: Int, shown: String, marks: String) {
    let finding = Finding(Examples.rule, .error, "m", spans: [Examples.span(1, column, length: length)])
    let lines = FindingRenderer(sources: Examples.sources(line)).text(for: finding).split(separator: "\n")
    #expect(lines[2] == "    1 | \(shown)")
    #expect(lines[3] == "      | \(marks)")
  }

  @Test("Of an endless line only the part around the place is shown, and the marks stay under it")
  func longLine() throws {
    let line = String(repeating: "a", count: 5000) + "X" + String(repeating: "b", count: 5000)
    let finding = Finding(Examples.rule, .error, "m", spans: [Examples.span(1, 5001)])
    let lines = FindingRenderer(sources: Examples.sources(line)).text(for: finding).split(separator: "\n")
    #expect(lines[2].count < 140)
    let place = try #require(lines[2].firstIndex(of: "X"))
    let mark = try #require(lines[3].firstIndex(of: "^"))
    #expect(
      lines[2].distance(from: lines[2].startIndex, to: place) == lines[3].distance(from: lines[3].startIndex, to: mark))
  }

  @Test("Escape sequences are written only where colour is asked for, and never come from the input")
  func colour() {
    let finding = Finding(Examples.rule, .error, "bad \u{1B}[2J", spans: [Examples.span(1, 1)], help: "\u{7}")
    let sources = Examples.sources("\u{1B}[2J")
    #expect(!FindingRenderer(sources: sources).text(for: finding).contains("\u{1B}"))
    let coloured = FindingRenderer(sources: sources, usesColour: true).text(for: finding)
    #expect(coloured.contains("\u{1B}[1;31merror\u{1B}[0m"))
    #expect(!coloured.contains("\u{1B}[2J"))
  }

  @Test(
    "A file that is missing, a folder or no text gives no excerpt",
    arguments: ["missing.yaml", "/", "/bin/sh", "", "\0"])
  func noExcerpt(file: String) {
    let finding = Finding(Examples.rule, .error, "m", spans: [Examples.span(1, 1, file: file)])
    #expect(FindingRenderer().text(for: finding).split(separator: "\n").count == 2)
  }

  @Test("A place that nobody wrote is left out together with its label")
  func missingPlace() {
    let finding = Finding(
      Examples.rule, .error, "m", spans: [nil, Examples.span(1, 1), nil, Examples.span(2, 1)], labels: ["a", "b", "c"])
    #expect(finding.spans == [Examples.span(1, 1), Examples.span(2, 1)])
    #expect(finding.labels == ["c"])
  }
}
