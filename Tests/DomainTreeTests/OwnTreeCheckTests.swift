import DeviceTree
import Diagnostics
import DomainTree
import PlanFixtures
import Testing

@Suite("A device tree that a person wrote for a domain")
struct OwnTreeCheckTests {
  /// The findings on the generated tree of a domain after a change to it.
  private func findings(
    _ manifest: String, domain index: Int, _ change: (inout TreeNode) -> Void
  ) throws -> [Finding] {
    let fixture = try PlanFixture(manifest)
    let domain = fixture.plan.domains[index]
    let tree = try DeviceTree(blob: try DomainTreeWriter.tree(for: domain, in: fixture.plan))
    var root = copy(tree.root, in: tree)
    change(&root)
    let changed = try DeviceTree(blob: try root.flattened())
    return OwnTreeCheck(changed, of: domain, in: fixture.plan).findings()
  }

  private func copy(_ node: Node, in tree: DeviceTree) -> TreeNode {
    var copy = TreeNode(node.name)
    for property in node.properties { copy.set(property) }
    copy.children = tree.children(of: node).map { self.copy($0, in: tree) }
    return copy
  }

  private func node(_ name: String, _ reg: [UInt64]) -> TreeNode {
    var node = TreeNode(name)
    node.set("compatible", "test,device")
    node.set("reg", numbers: reg)
    return node
  }

  @Test("may be the generated one", arguments: [SampleManifests.cockpit, SampleManifests.devices])
  func generated(manifest: String) throws {
    for index in 0..<2 {
      let found = try findings(manifest, domain: index) { _ in }
      #expect(found.isEmpty, "\(found.map(\.message))")
    }
  }

  @Test("may not show a CPU too many")
  func cpu() throws {
    let found = try findings(SampleManifests.cockpit, domain: 0) { root in
      guard let cpus = root.children.firstIndex(where: { $0.name == "cpus" }) else { return }
      var second = root.children[cpus].children[0]
      second.name = "cpu@1"
      second.set("reg", cells: [1])
      second.remove("phandle")
      root.children[cpus].children.append(second)
    }
    #expect(found.map(\.rule.rawValue) == ["BH-GST-111"])
    #expect(found.first?.message.contains("/cpus/cpu@1") == true)
  }

  @Test("may not show memory that is not the domain's, not even one page")
  func memory() throws {
    let found = try findings(SampleManifests.cockpit, domain: 0) { root in
      guard let memory = root.children.firstIndex(where: { $0.name.hasPrefix("memory@") }) else { return }
      let reg = root.children[memory].property("reg")?.cells ?? []
      root.children[memory].set("reg", cells: reg.dropLast() + [(reg.last ?? 0) + 4096])
    }
    #expect(found.map(\.rule.rawValue) == ["BH-GST-112"])
  }

  @Test("may not show registers of nobody, of EL2 or of another domain")
  func registers() throws {
    let found = try findings(SampleManifests.devices, domain: 1) { root in
      root.children.append(node("rtc@9010000", [0x901_0000, 0x1000]))
      root.children.append(node("serial@9000000", [0x900_0000, 0x1000]))
    }
    #expect(found.map(\.rule.rawValue) == ["BH-GST-113", "BH-GST-113"])
    #expect(found.first?.resource == ResourceReference(.page, "0x9010000"))
  }

  @Test("may not wait for an interrupt of somebody else, such as an SPI written as its INTID")
  func interrupts() throws {
    let found = try findings(SampleManifests.devices, domain: 0) { root in
      guard let bus = root.children.firstIndex(where: { $0.name == "bus" }),
        let rtc = root.children[bus].children.firstIndex(where: { $0.name.hasPrefix("pl031") })
      else { return }
      root.children[bus].children[rtc].set("interrupts", cells: [0, 34, 4])
    }
    #expect(found.map(\.rule.rawValue) == ["BH-GST-114"])
    #expect(found.first?.resource == ResourceReference(.interrupt, "66"))
  }

  @Test("is warned of when it hides memory, a CPU or a device")
  func hidden() throws {
    let found = try findings(SampleManifests.devices, domain: 0) { root in
      root.children.removeAll { $0.name.hasPrefix("memory@2") || $0.name == "bus" }
      guard let cpus = root.children.firstIndex(where: { $0.name == "cpus" }) else { return }
      root.children[cpus].children.removeAll { $0.name == "cpu@1" }
    }
    #expect(found.allSatisfy { $0.severity == .warning && $0.rule.rawValue == "BH-GST-115" })
    let hidden = found.compactMap(\.resource?.value)
    #expect(hidden == ["CPU 1", "memory at 0x200000000..0x20000ffff", "/pl011@9000000", "/pl031@9010000"])
  }

  @Test("may not name an initial RAM disk elsewhere than where it is loaded, and is warned of when it names none")
  func ramDisk() throws {
    let moved = try findings(SampleManifests.cockpit, domain: 1) { root in
      guard let chosen = root.children.firstIndex(where: { $0.name == "chosen" }) else { return }
      root.children[chosen].set("linux,initrd-start", numbers: [0x4000_0000])
    }
    #expect(moved.map(\.rule.rawValue) == ["BH-GST-112"])
    #expect(moved.first?.message.contains("initial RAM disk at 0x40000000") == true)
    let hidden = try findings(SampleManifests.cockpit, domain: 1) { root in
      guard let chosen = root.children.firstIndex(where: { $0.name == "chosen" }) else { return }
      root.children[chosen].remove("linux,initrd-start")
    }
    #expect(hidden.map(\.resource?.value) == ["initial RAM disk"])
    #expect(hidden.map(\.severity) == [.warning])
  }

  @Test("may not promise registers or interrupts in a way that cannot be read")
  func unreadable() throws {
    let found = try findings(SampleManifests.devices, domain: 1) { root in
      var broken = TreeNode("rtc@9010000")
      broken.set("compatible", "test,device")
      broken.set("reg", cells: [0, 0x901_0000, 0])
      root.children.append(broken)
      var lost = TreeNode("lost")
      lost.set("compatible", "test,device")
      lost.set("interrupt-parent", cells: [0xBAD])
      lost.set("interrupts", cells: [0, 1, 4])
      root.children.append(lost)
    }
    #expect(found.map(\.rule.rawValue) == ["BH-GST-113", "BH-GST-114"])
    #expect(found.allSatisfy { $0.severity == .error })
  }

  @Test("is warned of when it hides the interrupt controller")
  func controller() throws {
    let found = try findings(SampleManifests.cockpit, domain: 0) { root in
      root.children.removeAll { $0.name.hasPrefix("interrupt-controller@") || $0.name == "timer" }
      root.children.removeAll { $0.name.hasPrefix("serial@") }
    }
    #expect(found.contains { $0.message.contains("interrupt controller at") && $0.severity == .warning })
  }
}
