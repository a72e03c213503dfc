import BulkheadKit
import Foundation
import TestSupport
import Testing

@Suite("Optional parts of the CPU, as Debian's Linux finds them", .serialized)
struct FeatureBootTests {
  /// A board's cockpit whose Linux talks, has some features, and is waited for until it says all of `lines`.
  private static func manifest(
    _ board: String, features: String, tree: String? = nil, lines: [String]
  ) throws -> String {
    let text = try String(contentsOfFile: BoardBoot.manifest(of: board), encoding: .utf8)
    let parts = text.components(separatedBy: "\nexpect:")
    let domains = parts[0].components(separatedBy: "    console: virtual\n")
    try #require(domains.count == 3)
    let given = "    console: virtual\n    features: { \(features) }\n"
    let steps = (lines + ["is up"]).map { "  - { domain: infotainment, console: \"\($0)\", within: 300 s }\n" }
    return (domains[0] + "    console: virtual\n" + domains[1] + given + domains[2])
      .replacingOccurrences(of: "../../.build", with: Repository.root + "/.build")
      .replacingOccurrences(of: " quiet panic=1 demonstration=panic", with: "")
      .replacingOccurrences(
        of: "board: \(board)\n", with: "board: \(board)\n" + (tree.map { "device-tree: \($0)\n" } ?? ""))
      + "\nexpect:\n" + steps.joined()
  }

  @Test(
    "performance monitors and debug registers are there if they were given",
    arguments: ["qemu-virt", "qemu-virt-gicv2"])
  func monitors(board: String) throws {
    let scratch = try Scratch()
    let text = try Self.manifest(
      board, features: "pmu: on, debug: on",
      lines: ["found 6 breakpoint and 4 watchpoint registers", "enabled with armv8_pmuv3 PMU driver"])
    let run = try BoardBoot(manifest: try scratch.file("features.yaml", text))
    #expect(run.result.findings.isEmpty, "\(run.result.findings)")
  }

  @Test("without them Linux sees the fewest debug registers, and no performance monitors")
  func neither() throws {
    let scratch = try Scratch()
    let text = try Self.manifest(
      "qemu-virt", features: "pointer-authentication: on", lines: ["found 2 breakpoint and 2 watchpoint registers"])
    let run = try BoardBoot(manifest: try scratch.file("features.yaml", text))
    #expect(run.result.findings.isEmpty, "\(run.result.findings)")
    #expect(!run.transcript.contains { $0.contains("PMU driver") || $0.contains("Scalable Vector Extension") })
  }

  @Test("SVE has the vectors of a Neoverse V1")
  func vectors() throws {
    let scratch = try Scratch()
    let tree = scratch.path + "/neoverse-v1.dtb"
    let dump = Process()
    dump.executableURL = URL(fileURLWithPath: try QEMU.find().path)
    dump.arguments = [
      "-nodefaults", "-display", "none", "-M", "virt,virtualization=on,gic-version=3,dumpdtb=\(tree)", "-cpu",
      "neoverse-v1", "-smp", "4", "-m", "2G",
    ]
    try dump.run()
    dump.waitUntilExit()
    let text = try Self.manifest(
      "qemu-virt", features: "sve: on", tree: tree,
      lines: ["detected: Scalable Vector Extension", "maximum available vector length 32 bytes per vector"])
    let run = try BoardBoot(
      manifest: try scratch.file("features.yaml", text), arguments: ["-cpu", "neoverse-v1"])
    #expect(run.result.findings.isEmpty, "\(run.result.findings)")
  }
}
