import HypervisorCore
import HypervisorModel
import ImageFormat
import TestSupport
import Testing

/// What a domain has of a GICv2's distributor, and what it must never reach.
@Suite struct GICv2Tests {
  private static func system() -> ModelSystemGICv2 {
    ModelSystemGICv2([
      .init(name: "left", cpus: 2, lines: [34, 35, 63, 64, 100, 1019], edges: [35, 100], console: 33),
      .init(name: "right", cpus: 3, lines: [32, 36, 65, 101, 1018], edges: [36], console: 40),
    ])
  }

  private static let setEnable = DistributorRegister.setEnable

  @Test(arguments: [0, 1]) func `no access of any size at any offset touches a line or a CPU of somebody else`(
    domain: Int
  ) {
    var random = SeededGenerator(seed: UInt64(domain) + 70)
    let system = Self.system()
    let (cpus, lines, console) = DistributorTests.domains[domain]
    let physical = lines.subtracting([console])
    let masks = cpus.reduce(UInt8(0)) { $0 | ModelGIC.interfaceMask($1) }
    for _ in 0..<200_000 {
      let cpu = system.virtualCPU(Int.random(in: cpus, using: &random))
      let size = [1, 2, 4, 4, 4, 8].randomElement(using: &random) ?? 4
      var offset = UInt32.random(in: 0..<0x1000, using: &random)
      if Bool.random(using: &random) { offset &= 0xFFC }
      cpu.writeDistributor(offset, size: size, Bool.random(using: &random) ? random.next() : .max)
      _ = cpu.readDistributor(offset, size: size)
      #expect(system.gic.touchedShared.isSubset(of: physical))
      #expect(system.gic.touchedOwn.allSatisfy { $0 / 32 == Int(cpu.cpu.own.index) && [27, 30].contains($0 % 32) })
      system.gic.touchedShared.removeAll()
      system.gic.touchedOwn.removeAll()
    }
    #expect(system.gic.strays.isEmpty)
    #expect(system.gic.kicks.allSatisfy { kick in cpus.contains { ModelSystem.affinity($0) == kick } })
    for line in physical { #expect(system.gic.shared[line].targets & ~masks == 0) }
  }

  @Test(arguments: [0, 1]) func `reads show the domain's lines and CPUs and no other, whatever the hardware holds`(
    domain: Int
  ) {
    let system = Self.system()
    let (cpus, lines, _) = DistributorTests.domains[domain]
    for line in 32..<1020 {
      system.gic.shared[line].pending = true
      system.gic.shared[line].active = true
      system.gic.shared[line].enabled = true
      system.gic.shared[line].targets = 0xFF
    }
    let cpu = system.virtualCPU(cpus.lowerBound)
    for register in [DistributorRegister.setPending, DistributorRegister.setActive, DistributorRegister.group] {
      for word in 1..<32 as Range<UInt32> {
        let value = cpu.readDistributor(register + word * 4, size: 4)
        for bit in 0..<32 where value >> UInt64(bit) & 1 == 1 { #expect(lines.contains(Int(word) * 32 + bit)) }
      }
    }
    for line in 32..<1020 {
      let targets = cpu.readDistributor(DistributorRegister.targets + UInt32(line), size: 1)
      #expect(lines.contains(line) ? targets < 1 << UInt64(cpus.count) && targets != 0 : targets == 0)
    }
  }

  @Test func `the head says what there is, and the end which version`() {
    let system = Self.system()
    let cpu = system.virtualCPU(2)
    #expect(cpu.readDistributor(0, size: 4) == 0)
    cpu.writeDistributor(0, size: 4, .max)
    #expect(cpu.readDistributor(0, size: 4) == 3)
    #expect(cpu.readDistributor(4, size: 4) == 2 << 5 | 31)
    #expect(cpu.readDistributor(0xFE8, size: 4) == 0x2B)
    #expect([0xFF0, 0xFF4, 0xFF8, 0xFFC].map { cpu.readDistributor($0, size: 4) } == [0x0D, 0xF0, 0x05, 0xB1])
    for offset in stride(from: UInt32(0x80), to: 0x100, by: 4) { cpu.writeDistributor(offset, size: 4, .max) }
    for offset in stride(from: UInt32(0x80), to: 0x100, by: 4) { #expect(cpu.readDistributor(offset, size: 4) == 0) }
    #expect(system.gic.strays.isEmpty)
  }

  @Test func `each CPU has SGIs and timers of its own, which follow the group's enable on every CPU`() {
    let system = Self.system()
    for number in 2..<4 { system.virtualCPU(number).writeDistributor(Self.setEnable, size: 4, .max) }
    #expect(system.virtualCPU(2).readDistributor(Self.setEnable, size: 4) == 0x4800_FFFF)
    #expect(system.virtualCPU(4).readDistributor(Self.setEnable, size: 4) == 0)
    #expect(!system.gic.own[2][27].enabled)
    system.virtualCPU(2).writeDistributor(0, size: 4, 1)
    #expect(system.gic.own[2][27].enabled && !system.gic.own[3][27].enabled)
    system.settle()
    #expect(system.gic.own[3][27].enabled && !system.gic.own[4][27].enabled && !system.gic.own[0][27].enabled)
    system.virtualCPU(4).writeDistributor(0, size: 4, 0)
    system.settle()
    #expect(!system.gic.own[2][27].enabled && !system.gic.own[3][27].enabled)
    system.virtualCPU(3).writeDistributor(DistributorRegister.priority + 27, size: 1, 0x47)
    #expect(system.virtualCPU(3).readDistributor(DistributorRegister.priority + 24, size: 4) == 0x4000_0000)
    #expect(system.virtualCPU(2).readDistributor(DistributorRegister.priority + 24, size: 4) == 0)
  }

  @Test func `targets are the domain's own CPUs by its own count, by byte and by word, and others' bytes stay`() {
    let system = Self.system()
    let cpu = system.virtualCPU(3)
    let targets = DistributorRegister.targets
    #expect(cpu.readDistributor(targets, size: 4) == 0x0202_0202)
    #expect(cpu.readDistributor(targets + 36, size: 1) == 1)
    cpu.writeDistributor(targets + 36, size: 1, 0xFE)
    #expect(system.gic.shared[36].targets == ModelGIC.interfaceMask(3) | ModelGIC.interfaceMask(4))
    #expect(cpu.readDistributor(targets + 36, size: 4) == 0b110)
    system.gic.shared[34].targets = 0x55
    cpu.writeDistributor(targets + 32, size: 4, 0x0404_0404)
    #expect(system.gic.shared[32].targets == ModelGIC.interfaceMask(4) && system.gic.shared[34].targets == 0x55)
    cpu.writeDistributor(targets + 32, size: 1, 0)
    #expect(system.gic.shared[32].targets == 0)
    cpu.writeDistributor(targets + 40, size: 1, 4)
    #expect(cpu.readDistributor(targets + 40, size: 1) == 4)
    cpu.writeDistributor(targets + 40, size: 1, 0)
    #expect(cpu.readDistributor(targets + 40, size: 1) == 4)
    let alone = ModelSystemGICv2([.init(name: "alone", cpus: 1, lines: [40])])
    alone.virtualCPU(0).writeDistributor(targets + 40, size: 1, 0xFF)
    #expect(alone.virtualCPU(0).readDistributor(targets + 40, size: 4) == 0 && alone.gic.touchedShared.isEmpty)
  }

  @Test func `a list register has the fields of GICH_LR at their places`() {
    let timer = ListRegister(pending: 27, priority: 0xA8, isHardware: true, tellsEnd: false)
    #expect(timer.gicv2 == 1 << 31 | 1 << 28 | (0xA8 >> 3) << 23 | 27 << 10 | 27)
    let console = ListRegister(pending: 1019, priority: 0xF8, isHardware: false, tellsEnd: true)
    #expect(console.gicv2 == 1 << 28 | 31 << 23 | 1 << 19 | 1019)
    var interrupt = ListRegister(pending: 5, priority: 0, isHardware: false, tellsEnd: false)
    interrupt.source = 6
    #expect(interrupt.gicv2 == 1 << 28 | 6 << 10 | 5)
    var random = SeededGenerator(seed: 3)
    for _ in 0..<1000 {
      let value = UInt32(truncatingIfNeeded: random.next()) & ~(1 << 30 | 7 << 20)
      let entry = ListRegister(gicv2: value)
      #expect(entry.gicv2 == value)
      #expect(entry.line == value & 0x3FF && UInt32(entry.priority) == (value >> 23 & 31) << 3)
      #expect(entry.isPending == (value >> 28 & 1 == 1) && entry.isActive == (value >> 29 & 1 == 1))
      #expect(entry.isHardware == (value >> 31 == 1) && entry.tellsEnd == (value >> 31 == 0 && value >> 19 & 1 == 1))
    }
  }
}
