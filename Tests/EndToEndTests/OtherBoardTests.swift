import BulkheadKit
import Foundation
import TestSupport
import Testing

@Suite("check --on another board")
struct OtherBoardTests {
  private static let trees = ".build/cache/device-trees/"

  private func check(_ manifest: String, on board: String, _ more: [String] = []) throws -> Tool.Outcome {
    try Tool.run(["check", manifest, "--on", board] + more)
  }

  @Test("says that a manifest fits its own board's tree, with the status of check")
  func ownBoard() throws {
    let run = try check("boards/qemu-virt/cockpit.yaml", on: "qemu-virt")
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("assumptions of use:\n"))
    #expect(run.output.hasSuffix("\nboards/qemu-virt/cockpit.yaml: fits qemu-virt, nothing to report\n"))
  }

  @Test("names what stands in the place of a device that is not there, by compatible")
  func counterparts() throws {
    let scratch = try Scratch()
    let manifest = try scratch.file("gpio.yaml", try Manifests.twoDomains(extra: "    devices: [/pl061@9030000]"))
    let run = try check(manifest, on: Self.trees + "arm/juno-r2.dtb")
    #expect(run.status == 1)
    #expect(run.diagnostics.contains("names `/pl061@9030000`"))
    #expect(run.diagnostics.contains("compatible with arm,pl061 are there /bus@8000000/"))
    #expect(run.diagnostics.contains("/gpio@1d0000"))
    #expect(!run.diagnostics.contains("/mmc@50000"), "what shares nothing but arm,primecell is no counterpart")
    #expect(run.output.contains("does not fit juno-r2"))
    let other = try check(manifest, on: Self.trees + "rockchip/rk3399-rockpro64.dtb")
    #expect(other.diagnostics.contains("rk3399-rockpro64 has nothing that is compatible with arm,pl061"))
  }

  @Test("tells CPUs, memory, features and runtime support that are missing, in JSON as well")
  func missing() throws {
    let scratch = try Scratch()
    let text = try Manifests.twoDomains(cpus: ("[0]", "[1, 4]"))
      .replacingOccurrences(of: "cpus: [0]", with: "cpus: [0]\n    requires: [sha2, atomics]")
    let manifest = try scratch.file("m.yaml", text)
    let run = try check(manifest, on: Self.trees + "freescale/fsl-ls1012a-rdb.dtb", ["--format", "json"])
    #expect(run.status == 1)
    let json = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    #expect(json?["verdict"] as? String == "rejected")
    let findings = try #require(json?["findings"] as? [[String: Any]])
    let rules = Set(findings.compactMap { $0["rule"] as? String })
    // One Cortex-A53 alone, without RAM in its tree.
    #expect(rules.isSuperset(of: ["BH-CPU-001", "BH-CPU-005", "BH-MEM-001"]), "\(rules)")
  }

  @Test("says what a domain on a big and a little CPU of that board would not see")
  func bigLittle() throws {
    let scratch = try Scratch()
    let manifest = try scratch.file("m.yaml", try Manifests.twoDomains(cpus: ("[0]", "[1, 4]")))
    let run = try check(manifest, on: Self.trees + "rockchip/rk3399-rockpro64.dtb")
    #expect(run.diagnostics.contains("CPUs of several types (arm,cortex-a53, arm,cortex-a72)"))
  }

  @Test("refuses memory-banks that lie outside the other board's RAM")
  func banks() throws {
    let scratch = try Scratch()
    let text = try Manifests.twoDomains().replacingOccurrences(
      of: "domains:", with: "memory-banks: [{ base: 0x40000000, size: 1 GiB }]\ndomains:")
    let run = try check(try scratch.file("m.yaml", text), on: Self.trees + "freescale/imx8qm-mek.dtb")
    #expect(run.status == 1)
    #expect(run.diagnostics.contains("BH-KIT-007"))
  }

  @Test("says that there is no such board, and does not go with --locked")
  func wrongUse() throws {
    let unknown = try check("boards/qemu-virt/cockpit.yaml", on: "qemu-vitr")
    #expect(unknown.status == 2 && unknown.diagnostics.contains("did you mean `qemu-virt`"))
    #expect(try check("boards/qemu-virt/cockpit.yaml", on: "none.dtb").status == 2)
    #expect(try check("boards/qemu-virt/cockpit.yaml", on: "qemu-virt", ["--locked"]).status == 64)
  }

  @Test(
    "never crashes on a real board's tree", arguments: Array(Corpus.names.enumerated().filter { $0.offset % 40 == 0 }))
  func corpus(index: Int, name: String) {
    let check = Check(project: Repository.project, otherBoard: Corpus.folder + "/" + name)
    let result = check.run(manifest: Repository.cockpit)
    #expect(result.summary.contains("fit"), "\(name)")
  }
}
