import TestSupport
import HypervisorCore
import HypervisorModel
import ImageFormat
import Testing

/// The distributor and redistributors against what a domain must never reach.
@Suite struct DistributorTests {
  private static func system() -> ModelSystem {
    ModelSystem([
      .init(name: "left", cpus: 2, lines: [34, 35, 63, 64, 100, 1019], edges: [35, 100], console: 33),
      .init(name: "right", cpus: 3, lines: [32, 36, 65, 101, 1018], edges: [36], console: 40),
    ])
  }

  /// CPUs of each domain, and lines including the console's.
  static let domains: [(cpus: Range<Int>, lines: Set<Int>, console: Int)] = [
    (0..<2, [34, 35, 63, 64, 100, 1019, 33], 33), (2..<5, [32, 36, 65, 101, 1018, 40], 40),
  ]

  @Test(arguments: [0, 1]) func `no access of any size at any offset touches a line of somebody else`(domain: Int) {
    var random = SeededGenerator(seed: UInt64(domain) + 7)
    let system = Self.system()
    let (cpus, lines, console) = Self.domains[domain]
    let physical = lines.subtracting([console])
    for _ in 0..<200_000 {
      let number = Int.random(in: cpus, using: &random)
      let cpu = system.virtualCPU(number)
      let size = [1, 2, 4, 4, 4, 8].randomElement(using: &random) ?? 4
      let value = Bool.random(using: &random) ? random.next() : .max
      if Bool.random(using: &random) {
        var offset = UInt32.random(in: 0..<0x1_0000, using: &random)
        if Bool.random(using: &random) { offset &= 0xFFC }
        cpu.writeDistributor(offset, size: size, value)
        _ = cpu.readDistributor(offset, size: size)
      } else {
        var offset = UInt32.random(in: 0..<UInt32(cpus.count + 1) * 0x2_0000, using: &random)
        if Bool.random(using: &random) { offset = offset & ~0x1_FFFF | 0x1_0000 | offset & 0xFFC }
        cpu.writeRedistributor(offset, size: size, value)
        _ = cpu.readRedistributor(offset, size: size)
      }
      #expect(system.gic.touchedShared.isSubset(of: physical))
      #expect(system.gic.touchedOwn.allSatisfy { cpus.contains($0 / 32) && [27, 30].contains($0 % 32) })
      system.gic.touchedShared.removeAll()
      system.gic.touchedOwn.removeAll()
    }
    #expect(system.gic.strays.isEmpty)
    #expect(system.gic.kicks.allSatisfy { kick in cpus.contains { ModelSystem.affinity($0) == kick } })
    let affinities = Set(cpus.map(ModelSystem.affinity))
    for line in physical { #expect(affinities.contains(system.gic.shared[line].affinity)) }
  }

  @Test(arguments: [0, 1]) func `reads show the domain's lines and no other, whatever the hardware holds`(domain: Int) {
    let system = Self.system()
    let (cpus, lines, _) = Self.domains[domain]
    for line in 32..<1020 {
      system.gic.shared[line].pending = true
      system.gic.shared[line].active = true
      system.gic.shared[line].enabled = true
    }
    let cpu = system.virtualCPU(cpus.lowerBound)
    for register in [DistributorRegister.group, DistributorRegister.setPending, DistributorRegister.setActive] {
      for word in 0..<32 as Range<UInt32> {
        let value = cpu.readDistributor(register + word * 4, size: 4)
        for bit in 0..<32 where value >> UInt64(bit) & 1 == 1 { #expect(lines.contains(Int(word) * 32 + bit)) }
      }
    }
    for line in 32..<1020 where !lines.contains(line) {
      #expect(cpu.readDistributor(0x6000 + UInt32(line) * 8, size: 8) == 0)
      #expect(cpu.readDistributor(DistributorRegister.priority + UInt32(line), size: 1) == 0)
    }
  }

  @Test func `enable bits read back as written and reach the hardware only while the group is on`() {
    let system = Self.system()
    let cpu = system.virtualCPU(0)
    cpu.writeDistributor(DistributorRegister.setEnable + 4, size: 4, .max)
    #expect(cpu.readDistributor(DistributorRegister.setEnable + 4, size: 4) == 1 << 1 | 1 << 2 | 1 << 3 | 1 << 31)
    #expect(!system.gic.shared[34].enabled)
    cpu.writeDistributor(DistributorRegister.control, size: 4, 0x12)
    #expect([34, 35, 63].allSatisfy { system.gic.shared[$0].enabled })
    #expect(!system.gic.shared[33].enabled && !system.gic.shared[32].enabled)
    cpu.writeDistributor(DistributorRegister.clearEnable + 4, size: 4, 1 << 2)
    #expect(!system.gic.shared[34].enabled && system.gic.shared[35].enabled)
    cpu.writeDistributor(DistributorRegister.control, size: 4, 0)
    #expect(!system.gic.shared[35].enabled)
    #expect(cpu.readDistributor(DistributorRegister.clearEnable + 4, size: 4) == 1 << 1 | 1 << 3 | 1 << 31)
  }

  @Test func `the timers of a CPU follow its redistributor and the group`() {
    let system = Self.system()
    let cpu = system.virtualCPU(1)
    cpu.writeRedistributor(0x2_0000 + 0x1_0100, size: 4, .max)
    #expect(cpu.readRedistributor(0x2_0000 + 0x1_0100, size: 4) == 0x4800_FFFF)
    #expect(!system.gic.own[1][27].enabled)
    system.virtualCPU(0).writeDistributor(DistributorRegister.control, size: 4, 2)
    #expect(system.gic.own[1][27].enabled && system.gic.own[1][30].enabled && !system.gic.own[0][27].enabled)
    #expect(!system.gic.own[1][25].enabled && !system.gic.own[1][26].enabled)
  }

  @Test func `the head says what there is`() {
    let system = Self.system()
    let cpu = system.virtualCPU(0)
    #expect(cpu.readDistributor(0, size: 4) == 0x50)
    let type = cpu.readDistributor(4, size: 4)
    #expect(type & 31 == 31)
    #expect(type >> 19 & 31 == 9 && type >> 25 & 1 == 1)
    #expect(type & (1 << 17 | 1 << 16 | 1 << 10) == 0)
    #expect(cpu.readDistributor(0xFFE8, size: 4) == 0x3B)
    #expect(cpu.readRedistributor(0xFFE8, size: 4) == 0x3B)
    #expect(cpu.readRedistributor(8, size: 8) == 0)
    #expect(cpu.readRedistributor(0x2_0008, size: 8) == 1 << 32 | 1 << 8 | 1 << 4)
    #expect(cpu.readRedistributor(0x2_000C, size: 4) == 1)
    #expect(cpu.readRedistributor(0x4_0008, size: 8) == 0)
  }

  @Test func `a domain without lines shows a distributor without SPIs`() {
    let system = ModelSystem([.init(name: "bare", cpus: 1)])
    let cpu = system.virtualCPU(0)
    #expect(cpu.readDistributor(4, size: 4) & 31 == 0)
    for offset in stride(from: UInt32(0), to: 0x1_0000, by: 4) { cpu.writeDistributor(offset, size: 4, .max) }
    #expect(system.gic.touchedShared.isEmpty && system.gic.strays.isEmpty)
  }

  @Test func `edge and level are those of the plan and cannot be changed`() {
    let system = Self.system()
    let cpu = system.virtualCPU(0)
    for offset in 0xC00..<0xD00 as Range<UInt32> where offset % 4 == 0 { cpu.writeDistributor(offset, size: 4, .max) }
    for word in 2..<64 as Range<UInt32> {
      var expected: UInt64 = 0
      for line in [35, 100] where line / 16 == word { expected |= 2 << UInt64(line % 16 * 2) }
      #expect(cpu.readDistributor(0xC00 + word * 4, size: 4) == expected)
    }
    #expect(cpu.readDistributor(0xC00, size: 4) == 0 && cpu.readDistributor(0xC04, size: 4) == 0)
  }

  @Test func `a route goes to a CPU of the domain by the affinity that the domain knows`() {
    let system = Self.system()
    let cpu = system.virtualCPU(2)
    cpu.writeDistributor(0x6000 + 36 * 8, size: 8, 2)
    #expect(system.gic.shared[36].affinity == ModelSystem.affinity(4))
    #expect(cpu.readDistributor(0x6000 + 36 * 8, size: 8) == 2)
    for value in [3, 0x100, 1 << 16, 1 << 32, UInt64.max] {
      cpu.writeDistributor(0x6000 + 36 * 8, size: 8, value)
      #expect(system.gic.shared[36].affinity == ModelSystem.affinity(4))
    }
    cpu.writeDistributor(0x6000 + 36 * 8, size: 4, 1)
    #expect(system.gic.shared[36].affinity == ModelSystem.affinity(3))
    // Any-CPU routing is reserved here: GICD_TYPER.No1N.
    cpu.writeDistributor(0x6000 + 36 * 8, size: 8, 1 << 31)
    #expect(system.gic.shared[36].affinity == ModelSystem.affinity(2))
  }

  @Test func `priorities keep five bits, by byte and by word, for lines that there are`() {
    let system = Self.system()
    let cpu = system.virtualCPU(0)
    cpu.writeDistributor(DistributorRegister.priority + 32, size: 4, 0xFFFF_FFFF)
    #expect(cpu.readDistributor(DistributorRegister.priority + 32, size: 4) == 0xF8F8_F800)
    cpu.writeDistributor(DistributorRegister.priority + 34, size: 1, 0x47)
    #expect(cpu.readDistributor(DistributorRegister.priority + 32, size: 4) == 0xF840_F800)
    cpu.writeRedistributor(0x1_0400 + 24, size: 4, 0x1122_3344)
    #expect(cpu.readRedistributor(0x1_0400 + 24, size: 4) == 0x1000_0000)
    cpu.writeRedistributor(0x1_0400 + 30, size: 1, 0x88)
    #expect(cpu.readRedistributor(0x1_0400 + 28, size: 4) == 0x0088_0000)
  }

  @Test func `the console's line is EL2's own: it can be enabled, made pending, routed and ended`() {
    let system = Self.system()
    let cpu = system.virtualCPU(0)
    cpu.writeDistributor(DistributorRegister.control, size: 4, 2)
    cpu.writeDistributor(DistributorRegister.setEnable + 4, size: 4, 2)
    cpu.writeDistributor(DistributorRegister.setPending + 4, size: 4, 2)
    #expect(cpu.readDistributor(DistributorRegister.setPending + 4, size: 4) & 2 != 0)
    #expect(system.cpus[0].acknowledge() == 33)
    system.cpus[0].end(33)
    #expect(system.cpus[0].maintenance)
    system.virtualCPU(0).synchronize()
    #expect(!system.cpus[0].maintenance && system.cpus[0].acknowledge() == nil)
    cpu.writeDistributor(0x6000 + 33 * 8, size: 8, 1)
    cpu.writeDistributor(DistributorRegister.setPending + 4, size: 4, 2)
    system.settle()
    #expect(system.cpus[0].acknowledge() == nil && system.cpus[1].acknowledge() == 33)
    #expect(system.gic.touchedShared.isEmpty)
  }
}
