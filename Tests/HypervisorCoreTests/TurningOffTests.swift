import HypervisorCore
import HypervisorModel
import ImageFormat
import Testing

/// What a domain keeps of its interrupts when it turns a CPU off that had them.
@Suite struct TurningOffTests {
  static let edge = 40
  static let level = 50

  private static func system(listRegisters: Int = 4) -> ModelSystem {
    let system = ModelSystem(
      [.init(name: "a", cpus: 2, lines: [edge, level], edges: [edge], console: 33)], listRegisters: listRegisters)
    let cpu = system.virtualCPU(0)
    cpu.writeDistributor(DistributorRegister.control, size: 4, 2)
    for line in [edge, level, 33] { route(line, to: 1, system) }
    cpu.writeDistributor(DistributorRegister.setEnable + 4, size: 4, .max)
    system.settle()
    return system
  }

  private static func route(_ line: Int, to target: UInt64, _ system: ModelSystem) {
    system.virtualCPU(0).writeDistributor(DistributorRegister.route + UInt32(line) * 8, size: 8, target)
  }

  private static func take(_ system: ModelSystem, _ number: Int) -> [UInt32] {
    var lines: [UInt32] = []
    while let line = system.gic.acknowledge(cpu: number, affinity: ModelSystem.affinity(number)) {
      system.virtualCPU(number).deliver(line)
      lines.append(line)
    }
    return lines
  }

  @Test(arguments: [1, 4]) func `what the CPU had not acknowledged can go to another one`(listRegisters: Int) {
    let system = Self.system(listRegisters: listRegisters)
    system.gic.shared[Self.edge].pending = true
    system.gic.shared[Self.level].level = true
    #expect(Self.take(system, 1) == [40, 50])
    #expect(system.gic.shared[Self.edge].active && system.gic.shared[Self.level].active)

    system.virtualCPU(1).endInterrupts()
    #expect(system.cpus[1].entries.allSatisfy { $0.rawValue == 0 })
    #expect(system.gic.shared[Self.edge].pending && !system.gic.shared[Self.edge].active)
    #expect(!system.gic.shared[Self.level].pending && !system.gic.shared[Self.level].active)

    for line in [Self.edge, Self.level] { Self.route(line, to: 0, system) }
    #expect(Self.take(system, 0) == [40, 50])
    #expect(system.cpus[0].acknowledge() == 40)
  }

  @Test func `what the CPU handled stays active, as without a hypervisor`() {
    let system = Self.system()
    system.gic.shared[Self.edge].pending = true
    _ = Self.take(system, 1)
    #expect(system.cpus[1].acknowledge() == 40)
    system.virtualCPU(1).endInterrupts()
    #expect(system.gic.shared[Self.edge].active && !system.gic.shared[Self.edge].pending)
  }

  @Test func `a CPU that is turned on again finds its redistributor reset, and the console's line if it is asserted`() {
    let system = Self.system()
    let enable = DistributorRegister.interruptFrame + DistributorRegister.setEnable
    let cpu = system.virtualCPU(1)
    cpu.writeRedistributor(0x2_0000 + enable, size: 4, 0x0800_FFFF)
    cpu.writeConsole(0x38, size: 4, 0x50, console: system.console(1))
    system.uart.received = [0x41]
    system.console(0).receive()
    system.settle()
    #expect(system.cpus[1].entries.contains { $0.line == 33 && $0.isPending })

    cpu.endInterrupts()
    #expect(cpu.readRedistributor(0x2_0000 + enable, size: 4) == 0)
    #expect(!system.cpus[1].entries.contains { $0.isPending })
    cpu.beginInterrupts()
    #expect(system.cpus[1].entries.filter { $0.line == 33 && $0.isPending }.count == 1)
  }

  @Test func `another domain's lines are left alone`() {
    let system = ModelSystem([
      .init(name: "a", cpus: 1, lines: [Self.edge], edges: [Self.edge]), .init(name: "b", cpus: 1, lines: [41]),
    ])
    system.gic.shared[41].active = true
    system.gic.touchedShared = []
    system.virtualCPU(0).endInterrupts()
    #expect(system.gic.touchedShared.isEmpty && system.gic.strays.isEmpty)
  }
}
