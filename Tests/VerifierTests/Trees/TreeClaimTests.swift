import BulkheadKit
import Testing

@testable import Verifier

@Suite("Claims on domains' device trees")
struct TreeClaimTests {
  private static func edited(_ board: String) throws -> EditedTree {
    let built =
      board == "qemu-virt" ? try BuiltSystem.cockpit.get() : try BuiltSystem("boards/\(board)/cockpit.yaml")
    return EditedTree(system: try built.system(), context: built.context)
  }

  @Test("fail on a tree that says what is not so", arguments: TreeLie.all)
  func lies(lie: TreeLie) throws {
    let edited = try Self.edited(lie.board).editing(lie.domain, lie.edit)
    #expect(edited.rules.contains(lie.rule), "\(edited.messages)")
  }

  @Test("hold for a tree that was only written anew")
  func unchanged() throws {
    for board in ["qemu-virt", "rpi4"] {
      #expect(try Self.edited(board).editing("infotainment") { _ in }.messages == [])
    }
  }

  @Test("fail on registers that stage 2 does not map, or maps and the tree does not show")
  func mappings() throws {
    let edited = try Self.edited("qemu-virt")
    let without = try edited.mapping("infotainment") { $0.filter { $0.input != 0x903_0000 } }
    #expect(without.rules == ["BH-VER-057"])
    let moved = try edited.mapping("infotainment") { leaves in
      leaves.map { leaf in
        leaf.input != 0x903_0000
          ? leaf
          : Leaf(
            input: leaf.input, output: 0x901_0000, level: leaf.level, descriptor: leaf.descriptor ^ 0x2_0000,
            place: leaf.place)
      }
    }
    #expect(moved.rules == ["BH-VER-057"])
    let more = try edited.mapping("infotainment") { leaves in
      let gpio = leaves.first { $0.input == 0x903_0000 }
      return leaves.flatMap { leaf -> [Leaf] in
        guard let gpio, leaf.input == gpio.input else { return [leaf] }
        let next = Leaf(input: 0x903_1000, output: 0x903_1000, level: 3, descriptor: gpio.descriptor, place: 0)
        return [leaf, next]
      }
    }
    #expect(more.rules == ["BH-VER-057"])
    #expect(more.messages.first?.contains("0x9031000") == true)
  }

  @Test("fail on memory that stage 2 maps and the tree does not show, and the other way round")
  func memory() throws {
    let edited = try Self.edited("qemu-virt")
    let less = try edited.mapping("cluster") { leaves in leaves.filter { $0.input != 0x4040_0000 } }
    #expect(less.rules.contains("BH-VER-053"))
    let more = try edited.mapping("cluster") { leaves in
      guard let last = leaves.last else { return leaves }
      return leaves + [
        Leaf(input: 0x4240_0000, output: 0x4240_0000, level: 2, descriptor: last.descriptor, place: 0)
      ]
    }
    #expect(more.rules.contains("BH-VER-053"))
  }

  @Test("fail on interrupts that the record has and no device waits for, or the other way round")
  func interrupts() throws {
    let edited = try Self.edited("qemu-virt")
    #expect(edited.owning("infotainment", [39]).rules == [])
    #expect(edited.owning("infotainment", [39, 40]).rules == ["BH-VER-058"])
    #expect(edited.owning("infotainment", []).rules == ["BH-VER-058"])
    #expect(edited.owning("infotainment", [39], edges: [39]).rules == ["BH-VER-058"])
  }

  @Test("fail on a channel that is somewhere else for the other side")
  func channel() throws {
    let moved = try Self.edited("qemu-virt").mapping("infotainment") { leaves in
      leaves.map { leaf in
        leaf.input != 0x4000_1000
          ? leaf
          : Leaf(
            input: leaf.input, output: 0x4000_2000, level: 3, descriptor: leaf.descriptor ^ 0x3000, place: leaf.place)
      }
    }
    #expect(moved.rules == ["BH-VER-055"])
  }

  @Test("name the domain, the node, the property and both values")
  func words() throws {
    let edited = try Self.edited("imx8mp-evk").editing("infotainment") { root in
      try root.edit("clock-controller-252") { $0.set("clock-frequency", cells: [48_000_000]) }
    }
    let message = try #require(edited.messages.first)
    for part in ["infotainment", "/clock-controller-252", "clock-frequency", "48000000", "24000000", "clock 252"] {
      #expect(message.contains(part), "\(part): \(message)")
    }
  }
}
