import Diagnostics
import Partition
import Rules
import Testing

@Suite("Mistakes that must never reach a board")
struct MistakeTests {
  private let bench: Workbench

  init() throws { bench = try Workbench.shared.get() }

  private static let head = "manifest: 1\nname: test\nboard: qemu-virt\n"

  private func errors(_ text: String, tree: String? = nil) -> [String] {
    bench.check(text, tree: tree).findings.filter { $0.severity == .error }.map(\.rule.rawValue)
  }

  @Test("are refused, each in every way it can be written", arguments: Mistake.all)
  func refused(mistake: Mistake) throws {
    for name in mistake.fixtures {
      let fixture = try #require(Fixture.all.first { $0.file == name + ".yaml" }, "no manifest \(name)")
      let found = bench.check(fixture.text, tree: fixture.tree).findings
      #expect(found.contains { $0.rule == fixture.rule && $0.severity == .error }, "\(name)")
    }
  }

  @Test("“size 0” and “base + size beyond 2^64” do not get past the reader")
  func bounds() {
    func errors(_ memory: String) -> [String] {
      self.errors(Self.head + "domains:\n  a: { cpus: [0], memory: \(memory), kernel: raw.bin }\n")
    }
    #expect(errors("0 MiB").allSatisfy { $0.hasPrefix("BH-MAN-") } && !errors("0 MiB").isEmpty)
    for memory in [
      "[{ base: 0xfffffffffffff000, size: 8 KiB }]", "[{ base: 0x50000000, guest: 0xffffffffff000000, size: 32 MiB }]",
    ] {
      #expect(errors(memory).allSatisfy { $0.hasPrefix("BH-MAN-") } && !errors(memory).isEmpty)
    }
    #expect(errors("[{ base: 0xfffffffffffff000, size: 4 KiB }]").contains("BH-MEM-013"))
  }

  @Test("“regions that touch without overlapping (which is fine)”, and “16 or 64 KiB-page kernel (fine, if aligned)”")
  func fine() throws {
    let accepted = try #require(Fixture.accepted.first { $0.file == "two-domains.yaml" })
    #expect(accepted.text.contains("0x51000000") && accepted.text.contains("Image-64k"))
    #expect(errors(accepted.text).isEmpty)
  }

  @Test("“a text offset that is not honoured”: an Image's is, wherever its memory starts")
  func textOffset() throws {
    for base in ["0x50000000", "0x50001000", "0x501ff000"] {
      let text =
        Self.head + "domains:\n  a: { cpus: [0], memory: [{ base: \(base), size: 16 MiB }], kernel: Image-text }\n"
      let plan = try #require(bench.check(text).planning?.plan)
      #expect(plan.domains[0].entry % 0x20_0000 == 0x8_0000)
    }
  }

  @Test("“a limit checked one too high”: exactly at each limit everything is accepted")
  func limits() {
    let domains = (0..<64).map { "  d\($0): { cpus: [\($0)], memory: 2 MiB, kernel: raw.bin, console: none }\n" }
    #expect(errors(Self.head + "domains:\n" + domains.joined(), tree: "many-cpus.dtb").isEmpty)
    let cpus = (0..<4).map { group in
      let list = (group * 16..<group * 16 + 16).map(String.init).joined(separator: ", ")
      return "  d\(group): { cpus: [\(list)], memory: 2 MiB, kernel: raw.bin, console: none }\n"
    }
    #expect(errors(Self.head + "domains:\n" + cpus.joined(), tree: "many-cpus.dtb").isEmpty)
    let regions = [String](repeating: "{ size: 2 MiB }", count: 32).joined(separator: ", ")
    #expect(errors(Self.head + "domains:\n  a: { cpus: [0], memory: [\(regions)], kernel: raw.bin }\n").isEmpty)
    let lastCPU = "domains:\n  a: { cpus: [122], memory: 2 MiB, kernel: raw.bin }\n"
    #expect(errors(Self.head + lastCPU, tree: "many-cpus.dtb").isEmpty)
  }

  @Test("“allocator output never checked again”: a draft whose chosen addresses clash is refused like a written one")
  func allocatorOutput() throws {
    let draft = try SyntheticPlan.draft(regions: 100, domains: 2, clash: true)
    #expect(RuleBook.check(draft).contains { $0.rule.rawValue == "BH-MEM-010" && $0.severity == .error })
  }

  @Test("“a domain without the CPU it boots on” cannot be written: it starts on the first that it lists")
  func bootCPU() throws {
    let text = Self.head + "domains:\n  a: { cpus: [2, 0], memory: 16 MiB, kernel: raw.bin }\n"
    let plan = try #require(bench.check(text).planning?.plan)
    #expect(plan.domains[0].cpus.first?.index == 2)
    #expect(!errors(Self.head + "domains:\n  a: { cpus: [], memory: 16 MiB, kernel: raw.bin }\n").isEmpty)
  }

  @Test("“a checker that passes when its schema library is missing”: without boards and payloads nothing is accepted")
  func missing() {
    #expect(
      !errors("manifest: 1\nname: test\nboard: nowhere\ndomains:\n  a: { cpus: [0], memory: 1 MiB, kernel: x }\n")
        .isEmpty)
    #expect(
      !errors(
        "manifest: 1\nname: test\nboard: generic\ndevice-tree: none.dtb\ndomains:\n  a: { cpus: [0], memory: 1 MiB }\n"
      ).isEmpty)
  }
}
