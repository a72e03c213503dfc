import HypervisorCore
import HypervisorModel
import ImageFormat
import TestSupport
import Testing

/// SGIs of a GICv2, which are pending once for each sender.
@Suite struct GICv2SGITests {
  private static func system(cpus: Int = 3, listRegisters: Int = 4) -> ModelSystemGICv2 {
    let system = ModelSystemGICv2([.init(name: "a", cpus: cpus)], listRegisters: listRegisters)
    for number in 0..<cpus {
      system.virtualCPU(number).writeDistributor(DistributorRegister.setEnable, size: 4, 0xFFFF)
    }
    system.virtualCPU(0).writeDistributor(0, size: 4, 1)
    system.settle()
    return system
  }

  private static func send(_ system: ModelSystemGICv2, from number: Int, _ value: UInt64) {
    system.virtualCPU(number).writeDistributor(DistributorRegister.softwareInterrupt, size: 4, value)
  }

  private static func answerMaintenance(_ system: ModelSystemGICv2, _ number: Int) {
    guard system.cpus[number].maintenance else { return }
    system.virtualCPU(number).synchronize()
    #expect(!system.cpus[number].maintenance, "a maintenance interrupt that its answer does not end")
  }

  @Test func `the filter and the list of GICD_SGIR name CPUs of the domain and no others`() {
    for sender in 0..<3 {
      let own: UInt32 = 1 << UInt32(sender)
      for list in UInt32(0)..<256 {
        let request = SGIRequest(gicv2: list << 16 | 9, sender: sender, cpuCount: 3)
        #expect(request.targets == list & 7 && request.line == 9)
      }
      #expect(SGIRequest(gicv2: 1 << 24 | 0xFF << 16, sender: sender, cpuCount: 3).targets == 7 & ~own)
      #expect(SGIRequest(gicv2: 2 << 24 | 0xFF << 16, sender: sender, cpuCount: 3).targets == own)
      #expect(SGIRequest(gicv2: 3 << 24 | 0xFF << 16, sender: sender, cpuCount: 3).targets == 0)
    }
    #expect(SGIRequest(gicv2: 0xFF << 16 | 0xFFF0, sender: 0, cpuCount: 8).targets == 0xFF)
  }

  @Test func `EL2's own SGI reaches one CPU, the only one of a GIC that numbers none included`() {
    for cpu in UInt32(0)..<8 {
      let value = SGIRequest.physical(0, to: 1 << cpu)
      #expect(SGIRequest(gicv2: value, sender: 7, cpuCount: 8).targets == 1 << cpu)
    }
    let alone = SGIRequest(gicv2: SGIRequest.physical(3, to: 0), sender: 0, cpuCount: 1)
    #expect(alone.targets == 1 && alone.line == 3)
  }

  @Test func `each sender's SGI arrives once and names its sender`() {
    let system = Self.system()
    for sender in 0..<3 { Self.send(system, from: sender, 0b010 << 16 | 5) }
    Self.send(system, from: 2, 0b010 << 16 | 5)
    system.settle()
    var senders: [UInt32] = []
    while let entry = system.cpus[1].acknowledgeEntry() {
      #expect(entry.line == 5)
      senders.append(entry.source)
      system.cpus[1].end(5)
      Self.answerMaintenance(system, 1)
    }
    #expect(senders.sorted() == [0, 1, 2])
    #expect(system.cpus[0].acknowledge() == nil && system.cpus[2].acknowledge() == nil)
  }

  @Test(arguments: [2, 4]) func `random SGIs, enables and handlers lose and double none`(listRegisters: Int) {
    var random = SeededGenerator(seed: UInt64(listRegisters) + 11)
    let system = Self.system(listRegisters: listRegisters)
    let target = system.cpus[0]
    /// What the architecture has pending: sender × 16 + line.
    var pending: Set<Int> = []
    var active: [UInt32] = []
    func handle() {
      guard let entry = target.acknowledgeEntry() else { return }
      #expect(pending.remove(Int(entry.source) * 16 + Int(entry.line)) != nil, "an SGI that nobody sent")
      active.append(entry.line)
    }
    for _ in 0..<20_000 {
      switch Int.random(in: 0..<8, using: &random) {
      case 0...3:
        let sender = Int.random(in: 0..<3, using: &random)
        let line = Int.random(in: 0..<16, using: &random)
        Self.send(system, from: sender, UInt64(1 << 16 | line))
        pending.insert(sender * 16 + line)
      case 4:
        let register = Bool.random(using: &random) ? DistributorRegister.setEnable : DistributorRegister.clearEnable
        system.virtualCPU(0).writeDistributor(register, size: 4, random.next() & 0xFFFF)
      case 5:
        let word = UInt32.random(in: 0..<4, using: &random)
        let value = random.next() & random.next() & 0x0707_0707
        let isSet = Bool.random(using: &random)
        let register = isSet ? DistributorRegister.setSenders : DistributorRegister.clearSenders
        system.virtualCPU(0).writeDistributor(register + word * 4, size: 4, value)
        for bit in 0..<32 where value >> UInt64(bit) & 1 == 1 {
          let name = bit % 8 * 16 + Int(word) * 4 + bit / 8
          if isSet { pending.insert(name) } else { pending.remove(name) }
        }
      case 6: handle()
      default: if let line = active.popLast() { target.end(line) }
      }
      system.settle()
      Self.answerMaintenance(system, 0)
      let held = target.entries.filter { !$0.isEmpty }
      #expect(Set(held.map(\.line)).count == held.count, "one line in two list registers")
    }
    system.settle()
    #expect(Self.shownAsPending(system) == pending)
    system.virtualCPU(0).writeDistributor(DistributorRegister.setEnable, size: 4, 0xFFFF)
    for _ in 0..<500 {
      while let line = active.popLast() { target.end(line) }
      Self.answerMaintenance(system, 0)
      handle()
    }
    #expect(pending.isEmpty && active.isEmpty)
  }

  /// What CPU 0 reads in GICD_SPENDSGIR: sender × 16 + line.
  private static func shownAsPending(_ system: ModelSystemGICv2) -> Set<Int> {
    var shown: Set<Int> = []
    for line in 0..<16 {
      let senders = system.virtualCPU(0).readDistributor(DistributorRegister.setSenders + UInt32(line), size: 1)
      for sender in 0..<8 where senders >> UInt64(sender) & 1 == 1 { shown.insert(sender * 16 + line) }
    }
    return shown
  }

  @Test func `what was sent to a CPU that is off is gone when it is turned on`() {
    let system = Self.system()
    system.virtualCPU(1).endInterrupts()
    Self.send(system, from: 0, 0b010 << 16 | 5)
    _ = system.cpu(1).state.requests.take()
    system.virtualCPU(1).beginInterrupts()
    #expect(system.virtualCPU(1).readDistributor(DistributorRegister.setSenders + 4, size: 4) == 0)
    system.virtualCPU(1).writeDistributor(DistributorRegister.setEnable, size: 4, 0xFFFF)
    Self.send(system, from: 2, 0b010 << 16 | 5)
    system.settle()
    #expect(system.cpus[1].acknowledgeEntry()?.source == 2)
  }
}
