import BulkheadKit
import Foundation
import TestSupport
import Testing

@Suite("A domain with a device tree of its author's")
struct OwnTreeTests {
  private static let manifest = """
    manifest: 1
    name: own
    board: qemu-virt
    domains:
      one:
        cpus: [0]
        memory: [{ size: 16 MiB, base: 0x50000000 }]
        kernel: raw.bin
        console: none
        devices: [ /pl031@9010000 ]
        device-tree: own.dtb
    """

  /// What the tool says of the manifest with a tree with these nodes, besides CPU, GIC and timer.
  private func findings(_ nodes: String) throws -> [Finding] {
    let folder = try Workbench.shared.get().path + "/own-tree-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let tree = try CompiledTree.bytes(
      ofRoot: """
        #address-cells = <2>; #size-cells = <2>; interrupt-parent = <&gic>; compatible = "test,own";
        cpus {
          #address-cells = <1>; #size-cells = <0>;
          cpu@0 { device_type = "cpu"; compatible = "arm,cortex-a53"; reg = <0>; enable-method = "psci"; };
        };
        gic: interrupt-controller@8000000 {
          compatible = "arm,gic-v3"; #interrupt-cells = <3>; interrupt-controller;
          reg = <0 0x8000000 0 0x10000>, <0 0x80a0000 0 0x20000>;
        };
        \(nodes)
        """)
    try Data(tree).write(to: URL(fileURLWithPath: folder + "/own.dtb"))
    try Data([UInt8](repeating: 0, count: 4096)).write(to: URL(fileURLWithPath: folder + "/raw.bin"))
    try Data(Self.manifest.utf8).write(to: URL(fileURLWithPath: folder + "/own.yaml"))
    return Check(project: Project(root: Repository.root)).run(manifest: folder + "/own.yaml").findings
  }

  private static let memory = "memory@50000000 { device_type = \"memory\"; reg = <0 0x50000000 0 0x1000000>; };"
  private static let clock =
    "rtc@9010000 { compatible = \"arm,pl031\"; reg = <0 0x9010000 0 0x1000>; interrupts = <0 2 4>; };"

  @Test("is accepted with a tree that shows what it has")
  func accepted() throws {
    let found = try findings(Self.memory + Self.clock)
    #expect(!found.contains { $0.severity == .error }, "\(found.map(\.message))")
    #expect(!found.contains { $0.rule.rawValue.hasPrefix("BH-GST-11") })
  }

  @Test(
    "is refused where the tree promises what it has not",
    arguments: [
      ("memory@60000000 { device_type = \"memory\"; reg = <0 0x60000000 0 0x1000>; };", "BH-GST-112"),
      ("serial@9000000 { compatible = \"arm,pl011\"; reg = <0 0x9000000 0 0x1000>; };", "BH-GST-113"),
      ("keys { compatible = \"test,keys\"; interrupts = <0 34 4>; };", "BH-GST-114"),
    ])
  func refused(nodes: String, rule: String) throws {
    let errors = try findings(Self.memory + Self.clock + nodes).filter { $0.severity == .error }
    #expect(errors.map(\.rule.rawValue) == [rule])
    #expect(errors.first?.spans.first?.start.line == 11)
  }

  @Test("is warned of a tree that hides memory and devices from it")
  func hidden() throws {
    let found = try findings("").filter { $0.rule.rawValue == "BH-GST-115" }
    #expect(found.map(\.severity) == [.warning, .warning])
    #expect(found.map(\.resource?.value).contains("/pl031@9010000"))
  }

  @Test("is refused where its tree is missing or no tree, without a crash")
  func noTree() throws {
    let folder = try Workbench.shared.get().path + "/own-tree-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data([UInt8](repeating: 0, count: 4096)).write(to: URL(fileURLWithPath: folder + "/raw.bin"))
    try Data(Self.manifest.utf8).write(to: URL(fileURLWithPath: folder + "/own.yaml"))
    let check = Check(project: Project(root: Repository.root))
    #expect(check.run(manifest: folder + "/own.yaml").findings.contains { $0.severity == .error })
    try Data("no tree".utf8).write(to: URL(fileURLWithPath: folder + "/own.dtb"))
    let result = check.run(manifest: folder + "/own.yaml")
    #expect(result.isInputUnusable)
  }
}
