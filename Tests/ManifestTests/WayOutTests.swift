import Manifest
import Testing

@Suite("The way out of a slip")
struct WayOutTests {
  @Test(
    "works when it is followed to the letter",
    arguments: [
      ("cpus: 1-3", "put it in brackets: `[1, 2, 3]`"),
      ("cpus: 1, 2", "put it in brackets: `[1, 2]`"),
      ("memory: 64 MB", "write `64 MiB`"),
      ("memory: 0.5 GiB", "write `512 MiB`"),
      ("watchdog: 2 min", "write `120 s`"),
      ("watchdog: 1 hour", "write `3600 s`"),
      ("cpu: [0]", "did you mean `cpus`?"),
    ])
  func help(line: String, help: String) throws {
    let text = "manifest: 1\nboard: qemu-virt\ndomains:\n  a:\n    \(line)\n"
    let findings = try ManifestReader.read(text: text, file: "m.yaml").findings
    #expect(findings.contains { $0.help == help }, "\(findings.map(\.help))")
  }

  @Test("of a domain at the margin is to indent it")
  func margin() throws {
    let text = """
      manifest: 1
      board: qemu-virt
      domains:
        a: { cpus: [0], memory: 64 MiB, kernel: k.bin }
      b: { cpus: [1], memory: 64 MiB, kernel: k.bin }
      """
    let findings = try ManifestReader.read(text: text, file: "m.yaml").findings
    #expect(findings.count == 1)
    #expect(findings.first?.help?.contains("indent it and what belongs to it by two more spaces") == true)
  }
}
