import Diagnostics
import Foundation
import Ownership
import Partition
import Rules
import Testing
import TestSupport

@Suite("Random manifests")
struct RandomPlanTests {
  private let bench: Workbench

  init() throws { bench = try Workbench.shared.get() }

  private static let devices = [
    "/soc/serial@10500", "/soc/serial@10600", "/soc/serial@20000", "/soc/serial@30000", "/soc/bus@100000",
    "/soc/bus@100000/rtc@0", "/soc/bus@100000/rtc@10000", "/soc/i2c@60000", "/soc/dma@310000", "/soc/dma@320000",
    "/soc/wrapper@340000/engine@341000", "/soc/wrapper@340000/engine@342000",
  ]

  /// Rules that keep two owners apart, and with them everything that the ownership map would also call a conflict.
  private static let ownerRules: Set = [
    "BH-MEM-010", "BH-MEM-011", "BH-MEM-014", "BH-MEM-015", "BH-DEV-010", "BH-DEV-011", "BH-DEV-014", "BH-DEV-015",
    "BH-IRQ-001", "BH-IRQ-002", "BH-CPU-002", "BH-DMA-003", "BH-PRV-001",
  ]

  private func manifest(using generator: inout SeededGenerator) -> String {
    var text =
      "manifest: 1\nname: random\nboard: generic\ndevice-tree: small.dtb\ndisabled: [/soc/rtc@70000]\ndomains:\n"
    for name in ["a", "b", "c"].prefix(Int.random(in: 1...3, using: &generator)) {
      let cpu = Int.random(in: 0...2, using: &generator)
      let base = 0x4000_0000 + UInt64.random(in: 0..<0x110, using: &generator) << 20
      let size = UInt64.random(in: 1...48, using: &generator)
      let fixed = Bool.random(using: &generator)
      let place = fixed ? "[{ base: 0x\(String(base, radix: 16)), size: \(size) MiB }]" : "\(size) MiB"
      let count = Int.random(in: 0...3, using: &generator)
      let chosen = Self.devices.shuffled(using: &generator).prefix(count)
      let entries = chosen.map { "{ path: \($0), dma: unprotected, reason: test }" }.joined(separator: ", ")
      text += "  \(name): { cpus: [\(cpu)], memory: \(place), console: none, devices: [\(entries)] }\n"
    }
    return text
  }

  @Test("are refused for sharing exactly when the ownership map, built without the rules, has a conflict")
  func agreement() throws {
    var generator = SeededGenerator(seed: 0xA64E)
    var verdicts: [Bool: Int] = [:]
    for _ in 0..<1_500 {
      let text = manifest(using: &generator)
      let outcome = bench.check(text)
      let draft = try #require(outcome.planning?.draft, "\(outcome.findings.map(\.message))")
      let errors = outcome.findings.filter { $0.severity == .error && Self.ownerRules.contains($0.rule.rawValue) }
      // The map knows nothing of devices that nobody has; those findings have one domain and no counterpart there.
      let between = errors.filter { $0.domains.count == 2 || $0.rule.rawValue.hasPrefix("BH-MEM") }
      let conflicts = draft.ownership.conflicts
      #expect(between.isEmpty == conflicts.isEmpty, "\(text)\n\(errors.map(\.message))\n\(conflicts)")
      verdicts[between.isEmpty, default: 0] += 1
    }
    #expect((verdicts[true] ?? 0) > 200 && (verdicts[false] ?? 0) > 200)
  }

  @Test("never crash the planner and the rules, however their numbers and names are mutated")
  func mutations() throws {
    var generator = SeededGenerator(seed: 0xF0E)
    let texts = Fixture.all.map(\.text) + Fixture.accepted.map(\.text)
    let numbers = [
      "0", "1", "4095", "4097", "0xffffffffffffffff", "0x7fffffffffffffff", "0xfffffffffffff000", "16 GiB", "4 KiB",
      "-1",
      "/", "''", "[]", "{}", "~", "/soc", "cpu@0", "raw.bin", "Image", "/memory@40000000",
    ]
    var reached = 0
    for round in 0..<2_500 {
      var words = texts[round % texts.count].split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let index = Int.random(in: 0..<words.count, using: &generator)
        words[index] = numbers.randomElement(using: &generator) ?? "0"
      }
      let outcome = bench.check(words.joined(separator: " "), tree: "small.dtb")
      if outcome.planning != nil { reached += 1 }
      #expect(outcome.planning?.plan == nil || outcome.planning?.findings.containsError == false)
    }
    #expect(reached > 300)
  }

  @Test("never crash on a tree with random bytes changed, and are never accepted with a conflict")
  func trees() throws {
    var generator = SeededGenerator(seed: 0x7EE)
    let tree = [UInt8](try Data(contentsOf: URL(fileURLWithPath: bench.path + "/small.dtb")))
    let everything = Self.devices.map { "{ path: \($0), dma: unprotected, reason: test }" }.joined(separator: ", ")
    let text = """
      manifest: 1
      name: mutant
      board: generic
      device-tree: mutant.dtb
      domains:
        a: { cpus: [0, cpu@100], memory: 32 MiB, kernel: Image, devices: [\(everything)] }
        b: { cpus: [1], memory: [{ base: 0x50000000, size: 64 MiB }], kernel: raw.bin, console: virtual }
      """
    var planned = 0
    for _ in 0..<1_000 {
      var bytes = tree
      // Header and most names stay, so that the mutations reach what is inside.
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        bytes[Int.random(in: 64..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      try Data(bytes).write(to: URL(fileURLWithPath: bench.path + "/mutant.dtb"))
      let outcome = bench.check(text)
      guard let draft = outcome.planning?.draft else { continue }
      planned += 1
      #expect(outcome.findings.containsError || draft.ownership.conflicts.isEmpty)
    }
    #expect(planned > 200)
  }
}
