import HypervisorCore
import HypervisorModel
import ImageFormat
import Testing

/// A domain that has the physical CPU interface: the emulated distributor and redistributor set up the hardware, and no
/// list register, no kick and no timer of EL2 is used for it.
@Suite struct DirectInterruptTests {
  static let own = 40
  static let foreign = 41

  private static func system() -> ModelSystem {
    let system = ModelSystem([
      .init(name: "direct", cpus: 1, lines: [own], isDirect: true),
      .init(name: "other", cpus: 2, lines: [foreign], console: 34),
    ])
    system.virtualCPU(0).beginDirectInterrupts()
    system.gic.strays.removeAll()
    system.gic.touchedOwn.removeAll()
    return system
  }

  @Test func `what is enabled goes to the hardware, SGIs included, and to no other CPU or line`() {
    let system = Self.system()
    let cpu = system.virtualCPU(0)
    cpu.writeDistributor(DistributorRegister.control, size: 4, 2)
    cpu.writeDistributor(DistributorRegister.setEnable + 4, size: 4, .max)
    cpu.writeRedistributor(0x1_0000 + DistributorRegister.setEnable, size: 4, .max)
    #expect(system.gic.shared.indices.filter { system.gic.shared[$0].enabled } == [Self.own])
    let enabled = system.gic.own[0].indices.filter { system.gic.own[0][$0].enabled }
    #expect(enabled == Array(0..<16) + [27, 30])
    #expect(system.gic.touchedOwn.allSatisfy { $0 < 32 })
    cpu.writeRedistributor(0x1_0000 + DistributorRegister.clearEnable, size: 4, 0xFFFF)
    #expect(system.gic.own[0].indices.filter { system.gic.own[0][$0].enabled } == [27, 30])
  }

  @Test func `its interface never changes, whatever it writes`() {
    let system = Self.system()
    let cpu = system.virtualCPU(0)
    for offset in stride(from: UInt32(0), to: 0x8000, by: 4) {
      for value in [UInt64(0), 0xFFFF_FFFF] { cpu.writeDistributor(offset, size: 4, value) }
    }
    for offset in stride(from: UInt32(0), to: 0x2_0000, by: 4) { cpu.writeRedistributor(offset, size: 4, 0xFFFF_FFFF) }
    cpu.sendInterrupts(0xFFFF_FFFF_FFFF_FFFF)
    cpu.synchronize()
    #expect(cpu.isDirect && cpu.cpu.own.interfaceControl == InterfaceControl.direct)
    #expect(system.cpus[0].control == 0)
    #expect(system.cpus[0].listRegisters.allSatisfy { $0 == 0 })
    #expect(system.gic.kicks.isEmpty)
    #expect(system.gic.touchedShared.allSatisfy { $0 == Self.own })
    #expect(system.gic.touchedOwn.allSatisfy { $0 < 32 })
    let frame = ModelGIC.redistributors + 0x1_0000
    let allowed =
      [ModelGIC.distributor + 0x400 + UInt64(Self.own)]
      + (0..<32).map { frame + 0x400 + UInt64($0) }
    #expect(system.gic.strays.allSatisfy(allowed.contains))
  }

  @Test func `SGIs to itself become pending in its own redistributor, those to others nowhere`() {
    let system = Self.system()
    let cpu = system.virtualCPU(0)
    cpu.writeDistributor(DistributorRegister.control, size: 4, 2)
    cpu.writeRedistributor(0x1_0000 + DistributorRegister.setEnable, size: 4, 1 << 3)
    for line in UInt64(0)..<16 { cpu.sendInterrupts(line << 24 | 0xFFFE) }
    cpu.sendInterrupts(1 << 40 | 5 << 24)
    cpu.sendInterrupts(1 << 16 | 5 << 24 | 1)
    #expect(system.gic.touchedOwn == [3])
    #expect(system.gic.own[0].allSatisfy { !$0.pending })
    cpu.sendInterrupts(3 << 24 | 1)
    cpu.sendInterrupts(7 << 24 | 1)
    #expect(system.gic.own[0].indices.filter { system.gic.own[0][$0].pending } == [3, 7])
    #expect(cpu.readRedistributor(0x1_0000 + DistributorRegister.setPending, size: 4) == 1 << 3 | 1 << 7)
    cpu.writeRedistributor(0x1_0000 + DistributorRegister.clearPending, size: 4, 1 << 7)
    #expect(system.gic.own[0].indices.filter { system.gic.own[0][$0].pending } == [3])
    #expect(
      system.gic.kicks.isEmpty && (1..<3).allSatisfy { number in system.gic.own[number].allSatisfy { !$0.pending } })
  }

  @Test func `pending and active states of its lines are the hardware's`() {
    let system = Self.system()
    let cpu = system.virtualCPU(0)
    cpu.writeDistributor(DistributorRegister.setPending + 4, size: 4, .max)
    cpu.writeDistributor(DistributorRegister.setActive + 4, size: 4, .max)
    #expect(system.gic.shared.indices.filter { system.gic.shared[$0].pending } == [Self.own])
    #expect(system.gic.shared.indices.filter { system.gic.shared[$0].active } == [Self.own])
    #expect(cpu.readDistributor(DistributorRegister.setActive + 4, size: 4) == 1 << 8)
    cpu.writeDistributor(DistributorRegister.clearActive + 4, size: 4, .max)
    cpu.writeDistributor(DistributorRegister.clearPending + 4, size: 4, .max)
    #expect(!system.gic.shared[Self.own].pending && !system.gic.shared[Self.own].active)
  }

  @Test func `priorities reach the hardware byte by byte`() {
    let system = Self.system()
    let cpu = system.virtualCPU(0)
    cpu.writeDistributor(DistributorRegister.priority + 40, size: 4, 0x1122_3344)
    #expect(system.gic.strays == [ModelGIC.distributor + 0x428])
    #expect(cpu.readDistributor(DistributorRegister.priority + 40, size: 4) == 0x40)
    system.gic.strays.removeAll()
    cpu.writeRedistributor(0x1_0000 + DistributorRegister.priority + 27, size: 1, 0x88)
    #expect(system.gic.strays == [ModelGIC.redistributors + 0x1_0000 + 0x41B])
  }

  @Test func `what EL2 says there and cannot finish is left to the CPU of the UART's interrupt`() {
    let system = Self.system()
    system.uart.depth = 10
    let report = Report(console: system.console(0))
    report.text("a line that is longer than the room")
    report.send()
    #expect(system.cpus[0].deadline == nil)
    #expect(system.gic.shared[33].pending)
    system.gic.shared[33].pending = false
    system.uart.fill = 0
    system.uart.depth = .max
    system.console(1).receive()
    #expect(system.uart.text == "[bulkhead] a line that is longer than the room\r\n")
  }

  @Test func `input never wakes a domain without a console`() {
    let system = Self.system()
    system.uart.received = [0x61]
    system.console(1).receive()
    #expect(system.gic.kicks.isEmpty)
  }

  @Test func `once it has left, its lines are off and EL2's own rules hold again`() {
    let system = Self.system()
    let cpu = system.virtualCPU(0)
    cpu.writeDistributor(DistributorRegister.control, size: 4, 2)
    cpu.writeDistributor(DistributorRegister.setEnable + 4, size: 4, .max)
    #expect(system.gic.shared[Self.own].enabled)
    system.gic.shared[Self.foreign].enabled = true
    cpu.disableLines()
    cpu.endDirectInterrupts()
    #expect(!system.gic.shared[Self.own].enabled && system.gic.shared[Self.foreign].enabled)
    #expect(!cpu.isDirect)
  }

  @Test(arguments: [
    ((0 as UInt32, 4 as UInt32, 6 as UInt32, 0 as UInt32), true, InterfaceRegisterRule.priorityMask),
    ((0, 4, 6, 0), false, .priorityMask), ((0, 12, 11, 3), true, .runningPriority), ((0, 12, 12, 4), false, .control),
    ((0, 12, 11, 1), false, .deactivate), ((0, 12, 8, 0), true, .noInterrupt), ((0, 12, 8, 2), true, .noInterrupt),
    ((0, 12, 8, 1), false, .ignored), ((0, 12, 8, 4), false, .ignored), ((0, 12, 12, 6), true, .ignored),
  ])
  func `registers of the interface that trap are known`(
    name: (UInt32, UInt32, UInt32, UInt32), isRead: Bool, rule: InterfaceRegisterRule
  ) {
    let register = SystemRegisterAccess.name(3, name.0, name.1, name.2, name.3)
    #expect(InterfaceRegisterRule.rule(for: SystemRegisterAccess(iss: register | (isRead ? 1 : 0))) == rule)
  }

  @Test func `others, and the wrong direction, are undefined as for every domain`() {
    for (name, isRead) in [
      ((12, 11, 1), true), ((12, 11, 3), false), ((12, 8, 0), false), ((12, 8, 1), true), ((12, 12, 5), true),
      ((12, 12, 0), true), ((12, 12, 7), false),
    ] as [((UInt32, UInt32, UInt32), Bool)] {
      let register = SystemRegisterAccess.name(3, 0, name.0, name.1, name.2)
      #expect(InterfaceRegisterRule.rule(for: SystemRegisterAccess(iss: register | (isRead ? 1 : 0))) == nil)
    }
  }
}
