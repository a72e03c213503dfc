import BulkheadKit
import Foundation
import PlanFixtures
import TestSupport
import Testing

@testable import Verifier

@Suite("Trees of other manifests and boards")
struct PlannedTreeTests {
  @Test("are accepted as they are written", arguments: [SampleManifests.cockpit, SampleManifests.devices])
  func samples(manifest: String) throws {
    #expect(try PlannedSystem(PlanFixture(manifest).plan).failures == [])
  }

  /// Domains on a board of the package, with what stands between `domains:` and the end.
  private static func system(_ file: String, _ rest: String) throws -> PlannedSystem {
    let tree = try DeviceTree(blob: try Corpus.blob(file))
    let text = """
      manifest: 1
      name: slice
      board: generic
      device-tree: board.dtb
      memory-banks: [{ base: 0x10000000000, size: 1 GiB }]
      \(rest)
      """
    return try PlannedSystem(PlanFixture(text, tree: tree, description: .generic).plan)
  }

  private static let dma = "dma: unprotected, reason: a test"

  @Test("may have firmware that serves the domain, with its nodes")
  func firmware() throws {
    let system = try Self.system(
      "xilinx/zynqmp-zcu102-rev1.0.dtb",
      """
      domains:
        one: { cpus: [0], memory: 16 MiB, kernel: a.bin, devices: [ /axi/serial@ff000000 ] }
        two: { cpus: [1], memory: 16 MiB, kernel: a.bin, devices: [ { path: /axi/mmc@ff170000, \(Self.dma) } ] }
      providers:
        /firmware/zynqmp-firmware: { policy: firmware, reason: each asks for its own }
      """)
    #expect(system.failures == [])
    let edited = EditedTree(system: system.system, context: system.context)
    let unused = try edited.editing("one") { root in
      try root.edit("firmware/zynqmp-firmware") { $0.children.append(TreeNode("nvmem_firmware")) }
    }
    #expect(unused.rules.contains("BH-VER-059"))
  }

  @Test("may have an interface to firmware that is one domain's, while another has fixed clocks")
  func ownedFirmware() throws {
    let system = try Self.system(
      "xilinx/zynqmp-zcu102-rev1.0.dtb",
      """
      domains:
        one: { cpus: [0], memory: 16 MiB, kernel: a.bin, devices: [ /axi/serial@ff000000 ] }
        two: { cpus: [1], memory: 16 MiB, kernel: a.bin, devices: [ /axi/serial@ff010000 ] }
      providers:
        /firmware/zynqmp-firmware: { policy: owned-by one, reason: a test }
        /firmware/zynqmp-firmware/clock-controller:
          { policy: owned-by one, reason: a test, rates: { 57: 100000000, 31: 100000000 } }
      """)
    #expect(system.failures == [])
  }

  @Test("may have firmware behind mailboxes, and these with it")
  func mailboxes() throws {
    let system = try Self.system(
      "ti/k3-am625-sk.dtb",
      """
      domains:
        one: { cpus: [0], memory: 16 MiB, kernel: a.bin, devices: [ serial2, { path: mmc1, \(Self.dma) } ] }
      providers:
        /bus@f0000/system-controller@44043000: { policy: firmware, reason: one domain asks }
      """)
    #expect(system.failures == [])
  }

  @Test("may have a provider that the domain drives, with lines and channels of its own")
  func driven() throws {
    let system = try Self.system(
      "freescale/imx8mp-evk.dtb",
      """
      domains:
        network:
          cpus: [0, 1]
          memory: 64 MiB
          kernel: a.bin
          devices: [ { path: ethernet0, \(Self.dma) }, { path: serial1, \(Self.dma) }, gpio1 ]
        storage:
          cpus: [2]
          memory: 64 MiB
          kernel: a.bin
          devices: [ { path: mmc2, \(Self.dma) }, { path: i2c0, set: { "clock-frequency": 100000 } } ]
      providers:
        /soc@0/bus@30000000/clock-controller@30380000: { policy: owned-by network, reason: a test }
      """)
    #expect(system.failures == [])
  }

  @Test("may have a PCI host with its windows and the lines of its slots")
  func pci() throws {
    let system = try Self.system(
      "arm/juno-r2.dtb",
      """
      domains:
        one:
          cpus: [0]
          memory: 16 MiB
          kernel: a.bin
          devices: [ serial0, { path: "/pcie@40000000", \(Self.dma) } ]
      """)
    #expect(system.failures == [])
  }

  @Test("may have granted reserved memory")
  func reserved() throws {
    let source = """
      /dts-v1/;
      / {
        #address-cells = <2>; #size-cells = <2>; interrupt-parent = <&gic>;
        model = "Test board"; compatible = "test,board";
        cpus { #address-cells = <1>; #size-cells = <0>;
          cpu@0 { device_type = "cpu"; compatible = "arm,cortex-a53"; reg = <0>; enable-method = "psci"; };
        };
        psci { compatible = "arm,psci-1.0"; method = "smc"; };
        memory@40000000 { device_type = "memory"; reg = <0 0x40000000 0 0x40000000>; };
        gic: interrupt-controller@8000000 {
          compatible = "arm,gic-v3"; #interrupt-cells = <3>; interrupt-controller;
          reg = <0 0x8000000 0 0x10000>, <0 0x80a0000 0 0x40000>;
        };
        timer { compatible = "arm,armv8-timer"; interrupts = <1 13 4>, <1 14 4>, <1 11 4>, <1 10 4>; };
        reserved-memory { #address-cells = <2>; #size-cells = <2>; ranges;
          video: video@60000000 { reg = <0 0x60000000 0 0x100000>; no-map; };
          pool: pool@61000000 { compatible = "shared-dma-pool"; reg = <0 0x61000000 0 0x200000>; reusable; };
        };
        camera@a000000 { compatible = "test,camera"; reg = <0 0xa000000 0 0x1000>; memory-region = <&video>, <&pool>; };
      };
      """
    let folder = FileManager.default.temporaryDirectory.path + "/bulkhead-reserved-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data(source.utf8).write(to: URL(filePath: folder + "/board.dts"))
    let tree = try DeviceTree(blob: try PlanFixture.compiled(folder + "/board.dts"))
    let text = """
      manifest: 1
      name: reserved
      board: generic
      device-tree: board.dtb
      domains:
        one:
          cpus: [0]
          memory: 16 MiB
          kernel: a.bin
          devices: [ { path: /camera@a000000, \(Self.dma) } ]
          reserved-memory: [ /reserved-memory/video@60000000, /reserved-memory/pool@61000000 ]
      """
    let plan = try PlanFixture(text, tree: tree, description: .generic).plan
    #expect(try PlannedSystem(plan).failures == [])
    let system = try PlannedSystem(plan)
    let edited = try EditedTree(system: system.system, context: system.context).editing("one") { root in
      try root.edit("reserved-memory/video@60000000") { $0.remove("no-map") }
    }
    #expect(edited.rules.contains("BH-VER-053"))
    let pooled = try EditedTree(system: system.system, context: system.context).editing("one") { root in
      root.children.append(Self.node("memory@60000000", [0x6000_0000, 0x10_0000], type: "memory"))
    }
    #expect(pooled.messages.contains { $0.contains("regions one by one") }, "a region that no kernel may map")
  }

  @Test("are their author's where a manifest names one, but for what they promise")
  func authored() throws {
    let fixture = try PlanFixture(SampleManifests.cockpit)
    let own = try DeviceTree(blob: try DomainTreeWriter.tree(for: fixture.plan.domains[0], in: fixture.plan))
    try Data(own.blob).write(to: URL(filePath: fixture.folder + "/own.dtb"))
    let text = SampleManifests.cockpit.replacingOccurrences(
      of: "memory: 16 MiB", with: "memory: 16 MiB\n    device-tree: \(fixture.folder)/own.dtb")
    let again = try PlanFixture(text)
    let system = try PlannedSystem(again.plan)
    #expect(system.failures == [])
    let edited = EditedTree(system: system.system, context: system.context)
    let harmless = try edited.editing("cluster") { $0.set("author", "somebody") }
    #expect(harmless.rules == [])
    let lies: [(String, @Sendable (inout TreeNode) throws -> Void)] = [
      ("memory", { root in root.children.append(Self.node("memory@0", [0, 0x1000], type: "memory")) }),
      ("registers", { root in root.children.append(Self.node("uart@9010000", [0x901_0000, 0x1000])) }),
      ("CPU", { root in try root.edit("cpus/cpu@0") { $0.set("reg", cells: [1]) } }),
      ("interrupt 40", { root in try root.edit("serial@9000000") { $0.set("interrupts", cells: [0, 8, 4]) } }),
      ("RAM disk", { root in try root.edit("chosen") { $0.set("linux,initrd-start", numbers: [0]) } }),
    ]
    for (words, lie) in lies {
      let lied = try edited.editing("cluster", lie)
      #expect(lied.rules == ["BH-VER-060"], "\(words)")
      #expect(lied.messages.contains { $0.contains(words) }, "\(lied.messages)")
    }
  }

  private static func node(_ name: String, _ reg: [UInt64], type: String? = nil) -> TreeNode {
    var node = TreeNode(name)
    if let type { node.set("device_type", type) }
    node.set("reg", numbers: reg)
    return node
  }
}
