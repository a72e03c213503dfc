import DeviceTree
import DomainTree
import PlanFixtures
import Testing

@Suite("A domain's device tree")
struct DomainTreeTests {
  private func trees(_ manifest: String) throws -> [DeviceTree] {
    let fixture = try PlanFixture(manifest)
    return try fixture.plan.domains.map { try DeviceTree(blob: try DomainTreeWriter.tree(for: $0, in: fixture.plan)) }
  }

  private func cells(_ tree: DeviceTree, _ path: String, _ property: String) -> [UInt32]? {
    tree.node(at: path)?.property(property)?.cells
  }

  @Test("shows its own CPUs, numbered from 0, started by PSCI through HVC")
  func cpus() throws {
    let tree = try trees(SampleManifests.cockpit)[1]
    let cpus = try #require(tree.node(at: "/cpus"))
    let nodes = tree.children(of: cpus).filter { $0.property("device_type")?.string == "cpu" }
    #expect(nodes.map(\.name) == ["cpu@0", "cpu@1", "cpu@2"])
    #expect(nodes.map { $0.property("reg")?.cells } == [[0], [1], [2]])
    #expect(nodes.allSatisfy { $0.property("enable-method")?.string == "psci" })
    #expect(nodes.allSatisfy { $0.compatible == ["arm,cortex-a53"] })
    #expect(tree.node(at: "/psci")?.property("method")?.string == "hvc")
  }

  @Test("shows all of its memory and nothing else as RAM")
  func memory() throws {
    let fixture = try PlanFixture(SampleManifests.devices)
    for domain in fixture.plan.domains {
      let tree = try DeviceTree(blob: try DomainTreeWriter.tree(for: domain, in: fixture.plan))
      let nodes = tree.nodes.filter { $0.property("device_type")?.string == "memory" }
      let shown = nodes.flatMap { tree.registers(of: $0).entries }
      #expect(shown.map(\.address) == domain.memory.map(\.guest.base))
      #expect(shown.map(\.size) == domain.memory.map(\.guest.size))
    }
  }

  @Test("tells command line, console and initrd")
  func chosen() throws {
    let fixture = try PlanFixture(SampleManifests.cockpit)
    let domain = fixture.plan.domains[1]
    let tree = try DeviceTree(blob: try DomainTreeWriter.tree(for: domain, in: fixture.plan))
    let chosen = try #require(tree.node(at: "/chosen"))
    #expect(chosen.property("bootargs")?.string == "console=ttyAMA0 quiet")
    let console = try #require(tree.resolve("serial0"))
    #expect(chosen.property("stdout-path")?.string == "serial0:115200n8")
    #expect(tree.registers(of: console).entries.map(\.address) == [domain.console?.base])
    let initrd = try #require(domain.payloads.first { $0.role == .initrd })
    #expect(chosen.property("linux,initrd-start")?.number == initrd.guest.base)
    #expect(chosen.property("linux,initrd-end")?.number == initrd.guest.base + 512)
  }

  @Test("shows the virtual GIC with as many redistributors as CPUs, and lines that end there")
  func interrupts() throws {
    let fixture = try PlanFixture(SampleManifests.cockpit)
    let domain = fixture.plan.domains[1]
    let tree = try DeviceTree(blob: try DomainTreeWriter.tree(for: domain, in: fixture.plan))
    let gic = try #require(tree.nodes.first { $0.compatible == ["arm,gic-v3"] })
    let windows = tree.registers(of: gic).entries
    #expect(windows.map(\.address) == [domain.interruptController?.distributor.base, 0x80A_0000])
    #expect(windows.map(\.size) == [0x10000, 3 * 0x20000])
    let console = try #require(tree.resolve("serial0"))
    #expect(tree.interrupts(of: console).resolved.map(\.intid) == [33])
    let timer = try #require(tree.node(at: "/timer"))
    #expect(tree.interrupts(of: timer).resolved.map(\.intid) == [29, 30, 27, 26])
    #expect(tree.interrupts(of: timer).faults.isEmpty)
  }

  @Test("names each channel on both sides, with the right role and outside RAM")
  func channels() throws {
    let fixture = try PlanFixture(SampleManifests.cockpit)
    let expected = [["writer", "reader"], ["reader", "writer"]]
    for (domain, roles) in zip(fixture.plan.domains, expected) {
      let tree = try DeviceTree(blob: try DomainTreeWriter.tree(for: domain, in: fixture.plan))
      let nodes = tree.nodes.filter { $0.compatible == ["bulkhead,channel"] }
      #expect(nodes.map { $0.property("label")?.string } == ["telemetry", "commands"])
      #expect(nodes.map { $0.property("bulkhead,role")?.string } == roles)
      let places = nodes.flatMap { tree.registers(of: $0).entries }
      #expect(places.map(\.address) == fixture.plan.channels.map(\.memory.base))
      #expect(places.map(\.size) == fixture.plan.channels.map(\.memory.size))
      #expect(!places.contains { place in domain.memory.contains { $0.guest.contains(place.address ?? 0) } })
    }
  }

  @Test("has its devices with the board's addresses, interrupts, clocks and what the manifest sets")
  func devices() throws {
    let trees = try trees(SampleManifests.devices)
    let clock = try #require(trees[0].node(at: "/bus/pl031@9010000"))
    #expect(trees[0].registers(of: clock).entries.map(\.address) == [0x901_0000])
    #expect(trees[0].interrupts(of: clock).resolved.map(\.intid) == [34])
    #expect(clock.property("vendor,level")?.cells == [3])
    let references = trees[0].references(of: clock)
    #expect(references.faults.isEmpty)
    #expect(references.entries.map { trees[0].node(at: $0.target)?.compatible } == [["fixed-clock"]])
    let serial = try #require(trees[0].resolve("serial0"))
    #expect(serial.path == "/bus/pl011@9000000")
  }

  @Test("is whole: every phandle that a node refers to is some node's, and every node has one of its own")
  func phandles() throws {
    for manifest in [SampleManifests.cockpit, SampleManifests.devices] {
      for tree in try trees(manifest) {
        #expect(tree.faults.isEmpty)
        for node in tree.nodes {
          #expect(tree.references(of: node).faults.isEmpty)
          #expect(tree.interrupts(of: node).faults.isEmpty)
          #expect(tree.registers(of: node).faults.isEmpty)
        }
      }
    }
  }

  @Test("is the same bytes each time")
  func deterministic() throws {
    let fixture = try PlanFixture(SampleManifests.devices)
    for domain in fixture.plan.domains {
      let first = try DomainTreeWriter.tree(for: domain, in: fixture.plan)
      #expect(try DomainTreeWriter.tree(for: domain, in: fixture.plan) == first)
    }
  }
}
