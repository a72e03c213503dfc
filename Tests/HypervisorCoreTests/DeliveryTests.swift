import TestSupport
import HypervisorCore
import HypervisorModel
import ImageFormat
import Testing

/// Random domains at work on the model of IHI 0069: physical interrupts come, list registers fill, handlers nest,
/// lines are switched on and off. Whatever happens, nothing is lost, doubled or signalled while it is off.
@Suite struct DeliveryTests {
  static let edges = [40, 41, 42, 43, 44, 45, 46, 47, 70, 71]
  static let levels = [50, 51, 52, 900]

  private static func system(listRegisters: Int = 4, cpus: Int = 1) -> ModelSystem {
    let system = ModelSystem(
      [.init(name: "a", cpus: cpus, lines: edges + levels, edges: edges, console: 33)], listRegisters: listRegisters)
    let cpu = system.virtualCPU(0)
    cpu.writeDistributor(DistributorRegister.control, size: 4, 2)
    for word in 1..<32 { cpu.writeDistributor(DistributorRegister.setEnable + UInt32(word) * 4, size: 4, .max) }
    return system
  }

  /// Takes the physical interrupts that are signalled to a CPU, as `hypervisor_interrupt` does.
  private static func takePhysical(_ system: ModelSystem, _ number: Int) -> Int {
    var taken = 0
    let affinity = ModelSystem.affinity(number)
    while let line = system.gic.acknowledge(cpu: number, affinity: affinity) {
      let cpu = system.virtualCPU(number)
      #expect(cpu.owns(line))
      cpu.deliver(line)
      taken += 1
    }
    return taken
  }

  /// Answers maintenance interrupts. One that is still there after its answer would never end.
  private static func answerMaintenance(_ system: ModelSystem, _ number: Int) {
    guard system.cpus[number].maintenance else { return }
    system.virtualCPU(number).synchronize()
    #expect(!system.cpus[number].maintenance, "a maintenance interrupt that its answer does not end")
  }

  private static func checkInvariants(_ system: ModelSystem, _ number: Int, isHonest: Bool = true) {
    let held = system.cpus[number].entries.filter { !$0.isEmpty }
    #expect(Set(held.map(\.line)).count == held.count, "one line in two list registers")
    #expect(held.allSatisfy { !($0.isHardware && $0.isActive && $0.isPending) })
    #expect(held.allSatisfy { $0.line != 0x3FF && $0.line < 1020 })
    for entry in held where isHonest && entry.isOnlyPending {
      #expect(system.virtualCPU(number).isSignallable(entry.line))
    }
  }

  @Test(arguments: [2, 3, 4, 16]) func `every edge arrives exactly once, however few list registers there are`(
    listRegisters: Int
  ) {
    var random = SeededGenerator(seed: UInt64(listRegisters))
    let system = Self.system(listRegisters: listRegisters)
    let cpu = system.cpus[0]
    var raised: [Int: Int] = [:]
    var handled: [Int: Int] = [:]
    var active: [UInt32] = []
    func step() {
      switch Int.random(in: 0..<10, using: &random) {
      case 0...3:
        let line = Self.edges.randomElement(using: &random) ?? 40
        if !system.gic.shared[line].pending { raised[line, default: 0] += 1 }
        system.gic.shared[line].pending = true
      case 4:
        let line = Self.edges.randomElement(using: &random) ?? 40
        let register = Bool.random(using: &random) ? DistributorRegister.setEnable : DistributorRegister.clearEnable
        system.virtualCPU(0).writeDistributor(register + UInt32(line / 32) * 4, size: 4, 1 << UInt64(line % 32))
      case 5:
        let line = UInt32(Self.edges.randomElement(using: &random) ?? 40)
        system.virtualCPU(0).writeDistributor(
          DistributorRegister.priority + line, size: 1, UInt64.random(in: 0...255, using: &random))
      case 6:
        system.virtualCPU(0).writeDistributor(
          DistributorRegister.control, size: 4, Bool.random(using: &random) ? 2 : 0)
      case 7, 8:
        if let line = cpu.acknowledge() {
          handled[Int(line), default: 0] += 1
          active.append(line)
        }
      default:
        if let line = active.popLast() { cpu.end(line) }
      }
      _ = Self.takePhysical(system, 0)
      Self.answerMaintenance(system, 0)
      Self.checkInvariants(system, 0)
    }
    for _ in 0..<5_000 { step() }
    // Everything on, every handler finishes: what was raised has been handled, no more and no less.
    system.virtualCPU(0).writeDistributor(DistributorRegister.control, size: 4, 2)
    for word in 1..<32 {
      system.virtualCPU(0).writeDistributor(DistributorRegister.setEnable + UInt32(word) * 4, size: 4, .max)
    }
    for _ in 0..<500 {
      while let line = active.popLast() { cpu.end(line) }
      _ = Self.takePhysical(system, 0)
      Self.answerMaintenance(system, 0)
      if let line = cpu.acknowledge() {
        handled[Int(line), default: 0] += 1
        active.append(line)
      }
    }
    #expect(active.isEmpty)
    #expect(handled == raised)
  }

  @Test func `the most urgent waiting line comes first, and before less urgent ones that already had a register`() {
    let system = Self.system(listRegisters: 2)
    let cpu = system.virtualCPU(0)
    for (line, priority) in zip(
      40...47 as ClosedRange<UInt32>, [0xA0, 0x90, 0x80, 0x70, 0x60, 0x50, 0x40, 0x30] as [UInt64])
    {
      cpu.writeDistributor(DistributorRegister.priority + line, size: 1, priority)
    }
    for line in 40...47 { system.gic.shared[line].pending = true }
    #expect(Self.takePhysical(system, 0) == 8)
    var order: [UInt32] = []
    while let line = system.cpus[0].acknowledge() {
      order.append(line)
      system.cpus[0].end(line)
      Self.answerMaintenance(system, 0)
    }
    #expect(order == [47, 46, 45, 44, 43, 42, 41, 40])
  }

  @Test func `a level comes again until its device is served`() {
    let system = Self.system()
    let cpu = system.cpus[0]
    system.gic.shared[50].level = true
    for _ in 0..<3 {
      #expect(Self.takePhysical(system, 0) == 1)
      #expect(cpu.acknowledge() == 50)
      #expect(Self.takePhysical(system, 0) == 0)
      cpu.end(50)
    }
    system.gic.shared[50].level = false
    #expect(Self.takePhysical(system, 0) == 0)
    #expect(cpu.acknowledge() == nil)
  }

  @Test func `SGIs merge while pending, come again while active, and do not disturb hardware lines`() {
    let system = Self.system()
    let cpu = system.cpus[0]
    let virtual = system.virtualCPU(0)
    virtual.writeRedistributor(0x1_0100, size: 4, 0xFFFF)
    virtual.sendInterrupts(3 << 24 | 1)
    virtual.sendInterrupts(3 << 24 | 1)
    #expect(cpu.entries.filter { !$0.isEmpty }.count == 1)
    #expect(cpu.acknowledge() == 3)
    virtual.sendInterrupts(3 << 24 | 1)
    #expect(cpu.entries.contains { $0.isActive && $0.isPending && $0.line == 3 })
    cpu.end(3)
    #expect(cpu.acknowledge() == 3)
    cpu.end(3)
    #expect(cpu.acknowledge() == nil)
  }

  @Test func `an SGI reaches every other CPU of the domain through its request word`() {
    let system = Self.system(cpus: 3)
    for target in 0..<3 as Range<UInt32> {
      system.virtualCPU(0).writeRedistributor(target * 0x2_0000 + 0x1_0100, size: 4, 0xFFFF)
    }
    system.settle()
    system.virtualCPU(1).sendInterrupts(1 << 40 | 7 << 24)
    #expect(system.gic.kicks.sorted() == [ModelSystem.affinity(0), ModelSystem.affinity(2)].sorted())
    system.settle()
    #expect(system.cpus[0].acknowledge() == 7)
    #expect(system.cpus[1].acknowledge() == nil)
    #expect(system.cpus[2].acknowledge() == 7)
  }

  @Test func `a domain that deactivates lines behind its handlers' backs harms only itself`() {
    var random = SeededGenerator(seed: 99)
    let system = Self.system(listRegisters: 3, cpus: 2)
    for _ in 0..<20_000 {
      let number = Int.random(in: 0..<2, using: &random)
      let offset = UInt32.random(in: 0x80..<0x400, using: &random) & ~3
      switch Int.random(in: 0..<8, using: &random) {
      case 0, 1: system.gic.shared[Self.edges.randomElement(using: &random) ?? 40].pending = true
      case 2: system.gic.shared[50].level.toggle()
      case 3: system.virtualCPU(number).writeDistributor(offset, size: 4, random.next())
      case 4:
        let frame = UInt32.random(in: 0..<2, using: &random) * 0x2_0000
        system.virtualCPU(number).writeRedistributor(frame + 0x1_0000 + (offset & ~0x7F), size: 4, random.next())
      case 5: system.virtualCPU(number).sendInterrupts(random.next() & 0x0100_0F00_0003)
      case 6: _ = system.cpus[number].acknowledge()
      default:
        if let entry = system.cpus[number].entries.first(where: \.isActive) { system.cpus[number].end(entry.line) }
      }
      system.settle()
      for number in 0..<2 {
        _ = Self.takePhysical(system, number)
        Self.answerMaintenance(system, number)
        Self.checkInvariants(system, number, isHonest: false)
      }
    }
  }

  @Test func `physical interrupts are the domain's only if it owns the line`() {
    let system = Self.system()
    let cpu = system.virtualCPU(0)
    let own = Set((Self.edges + Self.levels).map(UInt32.init) + [27, 30])
    for line in 0...UInt32(2048) { #expect(cpu.owns(line) == own.contains(line)) }
    for line in [1020, 1021, 1022, 1023, UInt32.max] { #expect(!cpu.owns(line)) }
  }
}

extension VirtualCPU {
  /// What a test may know: the line's enable bit and the group's, through the registers that the domain reads.
  func isSignallable(_ line: UInt32) -> Bool {
    let enabled =
      line < 32
      ? readRedistributor(UInt32(index) * 0x2_0000 + 0x1_0100, size: 4)
      : readDistributor(DistributorRegister.setEnable + line / 32 * 4, size: 4)
    return readDistributor(DistributorRegister.control, size: 4) & 2 != 0 && enabled >> UInt64(line % 32) & 1 == 1
  }
}
