import Diagnostics
import Manifest
import Rules
import Testing

@Suite("Waivers")
struct WaiverTests {
  private let bench: Workbench

  init() throws { bench = try Workbench.shared.get() }

  private func findings(_ waiver: String) -> [Finding] {
    bench.check(
      """
      manifest: 1
      name: test
      board: qemu-virt
      waivers:
        - \(waiver)
      domains:
        a:
          cpus: [0]
          memory: 16 MiB
          kernel: raw.bin
          devices: [{ path: /pl031@9010000, dma: unprotected, reason: "test" }]
      """
    ).findings
  }

  @Test("turn the finding they name into a note that says who accepted it and why, and keep it in the list")
  func accepted() throws {
    let all = findings("{ rule: BH-DMA-002, subject: /pl031@9010000, reason: \"until B3\", approved-by: \"J. Doe\" }")
    let finding = try #require(all.first { $0.rule.rawValue == "BH-DMA-002" })
    #expect(finding.severity == .note)
    #expect(finding.message.hasSuffix("(accepted by J. Doe: until B3)"))
    #expect(finding.spans.map(\.start.line) == [11, 5])
    #expect(!all.contains { $0.severity > .note })
  }

  @Test("for another subject, or another rule, change nothing and are a warning")
  func unused() {
    for waiver in [
      "{ rule: BH-DMA-002, subject: /pl011@9000000, reason: \"x\", approved-by: \"y\" }",
      "{ rule: BH-DMA-005, subject: /pl031@9010000, reason: \"x\", approved-by: \"y\" }",
    ] {
      let all = findings(waiver)
      #expect(all.first { $0.rule.rawValue == "BH-DMA-002" }?.severity == .warning)
      #expect(all.contains { $0.rule.rawValue == "BH-WVR-001" && $0.severity == .warning })
    }
  }

  @Test("cannot be given for a rule that keeps two owners apart")
  func refused() {
    let text = """
      manifest: 1
      name: test
      board: qemu-virt
      waivers:
        - { rule: BH-MEM-010, subject: "domains.a.memory[0]", reason: "x", approved-by: "y" }
      domains:
        a: { cpus: [0], memory: [{ base: 0x50000000, size: 16 MiB }], kernel: raw.bin }
        b: { cpus: [1], memory: [{ base: 0x50000000, size: 16 MiB }], kernel: raw.bin }
      """
    let all = bench.check(text).findings
    #expect(all.contains { $0.rule.rawValue == "BH-MEM-010" && $0.severity == .error })
    #expect(all.contains { $0.rule.rawValue == "BH-MAN-026" && $0.severity == .error })
  }
}
