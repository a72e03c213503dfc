import Board
import DeviceTree
import Diagnostics
import DomainTree
import Foundation
import PlanFixtures
import TestSupport
import Testing

@Suite("Devices of a real board, NXP's i.MX 8M Plus EVK")
struct RealBoardTests {
  private static let manifest = """
    manifest: 1
    name: evk
    board: generic
    device-tree: imx8mp-evk.dtb
    domains:
      network:
        cpus: [0, 1]
        memory: 64 MiB
        kernel: a.bin
        devices:
          - { path: ethernet0, dma: unprotected, reason: "a test" }
          - { path: serial1, dma: unprotected, reason: "a test" }
          - gpio1
      storage:
        cpus: [2]
        memory: 64 MiB
        kernel: a.bin
        devices: [ { path: mmc2, dma: unprotected, reason: "a test" }, i2c0 ]
    """

  private func trees() throws -> (board: DeviceTree, trees: [DomainTree]) {
    let path = PlanFixture.root + "/.build/cache/device-trees/freescale/imx8mp-evk.dtb"
    let tree = try DeviceTree(blob: Array(try Data(contentsOf: URL(filePath: path))))
    let description = try BoardLibrary(root: PlanFixture.root).description(of: "qemu-virt")
    let fixture = try PlanFixture(Self.manifest, tree: tree, description: description)
    return (tree, try fixture.plan.domains.map { try DomainTreeWriter.write(for: $0, in: fixture.plan) })
  }

  @Test("keep their addresses and interrupts on a flat bus")
  func addresses() throws {
    let (board, trees) = try trees()
    let tree = try DeviceTree(blob: trees[0].blob)
    for alias in ["ethernet0", "gpio1"] {
      let original = try #require(board.resolve(alias))
      let copy = try #require(tree.resolve(alias))
      #expect(copy.path == "/bus/\(original.name)")
      #expect(tree.registers(of: copy).entries.map(\.address) == board.registers(of: original).entries.map(\.address))
      #expect(tree.interrupts(of: copy).resolved.map(\.intid) == board.interrupts(of: original).resolved.map(\.intid))
      #expect(!tree.interrupts(of: copy).resolved.isEmpty)
    }
  }

  @Test("refer to nothing that the domain does not have")
  func whole() throws {
    for written in try trees().trees {
      let tree = try DeviceTree(blob: written.blob)
      #expect(tree.faults.isEmpty)
      for node in tree.nodes {
        #expect(tree.references(of: node).faults.isEmpty, "\(node.path)")
        #expect(tree.interrupts(of: node).faults.isEmpty, "\(node.path)")
        #expect(tree.registers(of: node).faults.isEmpty, "\(node.path)")
      }
    }
  }

  @Test("lose their clocks and pins with a note that names where these lead")
  func notes() throws {
    let findings = try trees().trees[0].findings
    let ethernet = try #require(findings.first { $0.subjects.first?.hasSuffix("ethernet@30be0000") == true })
    #expect(ethernet.severity == .note)
    #expect(ethernet.message.contains("clocks"))
    #expect(ethernet.message.contains("clock-controller@30380000"))
    #expect(ethernet.domains == ["network"])
  }

  @Test("bring their children along, and what these need of them")
  func children() throws {
    let (_, trees) = try trees()
    let tree = try DeviceTree(blob: trees[0].blob)
    let phy = try #require(tree.nodes.first { $0.name == "ethernet-phy@1" })
    #expect(phy.path.hasPrefix("/bus/ethernet@30be0000/mdio/"))
    let ethernet = try #require(tree.resolve("ethernet0"))
    #expect(tree.references(of: ethernet).entries.contains { $0.property == "phy-handle" && $0.target == phy.path })
  }

  @Test("come without a node below them that nobody may use")
  func disabledChild() throws {
    let path = PlanFixture.root + "/.build/cache/device-trees/broadcom/bcm2711-rpi-4-b.dtb"
    let board = try DeviceTree(blob: Array(try Data(contentsOf: URL(filePath: path))))
    let description = try BoardLibrary(root: PlanFixture.root).description(of: "qemu-virt")
    let manifest = """
      manifest: 1
      name: pi
      board: generic
      device-tree: pi.dtb
      memory-banks: [{ base: 0x40000000, size: 1 GiB }]
      domains:
        linux: { cpus: [0], memory: 64 MiB, kernel: a.bin, devices: [ serial0 ] }
      """
    for (disabled, names) in [("", ["bluetooth"]), ("disabled: [ /soc/serial@7e201000/bluetooth ]", [])] {
      let fixture = try PlanFixture("\(manifest)\n\(disabled)", tree: board, description: description)
      let tree = try DeviceTree(blob: try DomainTreeWriter.tree(for: fixture.plan.domains[0], in: fixture.plan))
      let serial = try #require(tree.resolve("serial0"))
      #expect(tree.children(of: serial).map(\.name) == names)
    }
  }

  @Test("pass the kernel's schema checker")
  func schema() throws {
    let trees = try trees().trees
    let blobs = Dictionary(uniqueKeysWithValues: trees.enumerated().map { ("domain\($0)", $1.blob) })
    let messages = try SchemaValidator.messages(on: blobs)
    #expect(messages == "")
  }
}
