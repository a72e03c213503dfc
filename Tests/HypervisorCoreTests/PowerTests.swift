import TestSupport
import HypervisorCore
import HypervisorModel
import ImageFormat
import Synchronization
import Testing

@Suite struct PowerTests {
  private static func system() -> ModelSystem {
    ModelSystem([
      .init(
        name: "a", cpus: 3,
        regions: [
          RegionRecord(guest: 0x4000_0000, size: 0x1000), RegionRecord(guest: 0xFFFF_FFFF_FFFF_F000, size: 0x1000),
        ],
        calls: [
          CallRange(first: 0xC200_0000, last: 0xC200_00FF, argumentMask: 0, argumentValue: 0),
          CallRange(first: 0xC300_0024, last: 0xC300_0026, argumentMask: 0xFFFF_FFFF, argumentValue: 40),
          CallRange(first: 0xC300_0024, last: 0xC300_0024, argumentMask: 0xFFFF_FFFF, argumentValue: 41),
        ]),
      .init(name: "b", cpus: 1),
    ])
  }

  private static func invalid(_ code: Int64) -> CallOutcome { .answer(UInt64(bitPattern: code)) }

  @Test func `the version is PSCI 1-1 and SMCCC 1-1`() {
    let cpu = Self.system().virtualCPU(0)
    #expect(cpu.call(0x8400_0000, 0, 0, 0) == .answer(0x1_0001))
    #expect(cpu.call(0x8000_0000, 0, 0, 0) == .answer(0x1_0001))
  }

  @Test func `PSCI_FEATURES agrees with what a call answers`() {
    let system = Self.system()
    for function in (0x8400_0000...0x8400_0020 as ClosedRange<UInt32>).flatMap({ [$0, $0 | 0x4000_0000] }) {
      let outcome = system.virtualCPU(1).call(function, .max, .max, .max)
      let isSupported = system.virtualCPU(1).call(0x8400_000A, UInt64(function), 0, 0) == .answer(0)
      #expect(isSupported == (outcome != Self.invalid(-1)) || function == 0x8400_000A)
    }
    #expect(system.virtualCPU(1).call(0x8400_000A, 0x8000_0000, 0, 0) == .answer(0))
    #expect(system.virtualCPU(1).call(0x8400_000A, 0x8400_000A, 0, 0) == .answer(0))
  }

  @Test func `CPU_ON takes the domain's own CPUs, an aligned entry point in its memory, and each CPU once`() {
    let system = Self.system()
    let cpu = system.virtualCPU(0)
    let on: UInt32 = 0xC400_0003
    for target in [3, 0x100, 1 << 32, 1 << 40, UInt64.max] {
      #expect(cpu.call(on, target, 0x4000_0000, 0) == Self.invalid(-2))
    }
    for entry in [0, 0x3FFF_FFFC, 0x4000_1000, 0x4000_0002, 0xFFFF_FFFF_FFFF_EFFC] as [UInt64] {
      #expect(cpu.call(on, 1, entry, 0) == Self.invalid(-9))
    }
    #expect(cpu.call(0xC400_0004, 1, 0, 0) == .answer(1))
    #expect(cpu.call(on, 1, 0xFFFF_FFFF_FFFF_FFFC, 0x1234) == .answer(0))
    #expect(system.gic.kicks == [ModelSystem.affinity(1)])
    #expect(cpu.call(0xC400_0004, 1, 0, 0) == .answer(2))
    #expect(cpu.call(on, 1, 0x4000_0000, 0) == Self.invalid(-5))
    let start = system.partition.domainHandle(0).cpu(1).shared.power.begin()
    #expect(start?.entry == 0xFFFF_FFFF_FFFF_FFFC && start?.context == 0x1234)
    #expect(cpu.call(0xC400_0004, 1, 0, 0) == .answer(0))
    #expect(cpu.call(on, 1, 0x4000_0000, 0) == Self.invalid(-4))
    #expect(system.partition.domainHandle(0).cpu(1).shared.power.begin() == nil)
  }

  @Test func `a call in the 32-bit form looks at the low halves only`() {
    let system = Self.system()
    #expect(system.virtualCPU(0).call(0x8400_0003, 0xFFFF_FFFF_0000_0002, 0xAAAA_AAAA_4000_0000, .max) == .answer(0))
    let start = system.partition.domainHandle(0).cpu(2).shared.power.begin()
    #expect(start?.entry == 0x4000_0000 && start?.context == 0xFFFF_FFFF)
    #expect(system.virtualCPU(0).call(0x8400_0004, 0xFFFF_FFFF_0000_0002, 0xFFFF_FFFF_0000_0000, 0) == .answer(0))
  }

  @Test func `AFFINITY_INFO of more than one CPU is not there`() {
    #expect(Self.system().virtualCPU(0).call(0xC400_0004, 0, 1, 0) == Self.invalid(-2))
  }

  @Test func `only the calls of the manifest and the workarounds reach the firmware`() {
    var random = SeededGenerator(seed: 17)
    let system = Self.system()
    let cpu = system.virtualCPU(0)
    let other = system.virtualCPU(3)
    for _ in 0..<100_000 {
      let function = UInt32(truncatingIfNeeded: random.next())
      let isAllowed = (0xC200_0000...0xC200_00FF).contains(function)
      #expect((cpu.call(function, 0, 0, 0) == .firmware) == isAllowed)
      #expect(other.call(function, 0, 0, 0) != .firmware)
    }
    for function in [0xC200_0000, 0xC200_00FF, 0x8000_8000, 0x8000_7FFF, 0x8000_3FFF] as [UInt32] {
      #expect(cpu.call(function, 0, 0, 0) == .firmware)
    }
    #expect(other.call(0xC200_0000, 0, 0, 0) == Self.invalid(-1))
    #expect(system.partition.domainHandle(1).state.refusedCalls.load(ordering: .relaxed) > 0)
    #expect(cpu.call(0x8000_0001, 0x8000_8000, 0, 0) == .firmware)
    #expect(cpu.call(0x8000_0001, 0x8000_0001, 0, 0) == .answer(0))
    #expect(cpu.call(0x8000_0001, 0xC200_0000, 0, 0) == Self.invalid(-1))
  }

  @Test func `a call that is let through for some first arguments is refused with others, and counted`() {
    let system = Self.system()
    let cpu = system.virtualCPU(0)
    let refused = { system.partition.domainHandle(0).state.refusedCalls.load(ordering: .relaxed) }
    for (function, x1) in [(0xC300_0024, 40), (0xC300_0026, 40), (0xC300_0024, 41), (0xC300_0025, 7 << 32 | 40)]
      as [(UInt32, UInt64)]
    {
      #expect(cpu.call(function, x1, 0, 0) == .firmware)
    }
    #expect(refused() == 0)
    for (function, x1) in [(0xC300_0025, 41), (0xC300_0024, 42), (0xC300_0027, 40), (0xC300_0024, 40 << 32)]
      as [(UInt32, UInt64)]
    {
      #expect(cpu.call(function, x1, 0, 0) == Self.invalid(-1))
    }
    #expect(refused() == 4)
  }

  @Test func `no call reaches a firmware that is not there`() {
    let system = ModelSystem(
      [.init(name: "a", cpus: 1, calls: [CallRange(first: 0, last: .max, argumentMask: 0, argumentValue: 0)])],
      cpuStart: .spinTable)
    let cpu = system.virtualCPU(0)
    for function in [0xC200_0000, 0x8000_8000, 0x8000_7FFF, 0x8000_3FFF] as [UInt32] {
      #expect(cpu.call(function, 0, 0, 0) == Self.invalid(-1))
      #expect(cpu.call(0x8000_0001, UInt64(function), 0, 0) == Self.invalid(-1))
    }
    #expect(cpu.call(0x8400_0000, 0, 0, 0) == .answer(0x1_0001), "PSCI is EL2's own")
  }

  @Test func `nothing that firmware could take for PSCI reaches it, whatever is let through`() {
    let system = ModelSystem([
      .init(name: "a", cpus: 1, calls: [CallRange(first: 0, last: .max, argumentMask: 0, argumentValue: 0)])
    ])
    let cpu = system.virtualCPU(0)
    for number in UInt32(0)..<0x20 {
      for upper in UInt32(0)..<0x100 {
        for form in [0x8400_0000, 0xC400_0000] as [UInt32] {
          #expect(cpu.call(form | upper << 16 | number, 0, 0, 0) != .firmware)
        }
      }
    }
    // CPU_ON with the hint bit of SMCCC 1.3 is CPU_ON to firmware that takes the bit out.
    #expect(cpu.call(0xC401_0003, 1, 0x4000_0000, 0) == Self.invalid(-1))
    for function in [0x8400_0020, 0xC400_0020, 0x8300_0003, 0x8500_0003, 0x0400_0003] as [UInt32] {
      #expect(cpu.call(function, 0, 0, 0) == .firmware)
    }
  }

  @Test func `ends are told apart`() {
    let cpu = Self.system().virtualCPU(0)
    #expect(cpu.call(0x8400_0002, 0, 0, 0) == .turnOff)
    #expect(cpu.call(0x8400_0008, 0, 0, 0) == .systemOff)
    for function in [0x8400_0009, 0x8400_0012, 0xC400_0012] as [UInt32] {
      #expect(cpu.call(function, 0, 0, 0) == .systemReset)
    }
    #expect(cpu.call(0xC400_0001, 1 << 16, 0, 0) == .standby)
  }

  final class Race: Sendable {
    let power = PowerState()
    let status = DomainStatus()
    let lock = TicketLock()
    let wins = Atomic<Int>(0)
    let inside = Atomic<Int>(0)
    let overlaps = Atomic<Int>(0)
  }

  @Test func `of many CPU_ON at once one succeeds`() async {
    for round in 0..<200 as Range<UInt64> {
      let race = Race()
      await withTaskGroup(of: Void.self) { group in
        for caller in 0..<8 as Range<UInt64> {
          group.addTask {
            let status = race.power.turnOn(entry: caller, context: round) { race.status.enter(0) }
            if status == 0 { race.wins.wrappingAdd(1, ordering: .relaxed) }
          }
        }
      }
      #expect(race.wins.load(ordering: .relaxed) == 1)
      #expect(race.power.begin()?.context == round)
    }
  }

  @Test func `a CPU turned off can be turned on again, and no start is lost on the way`() async {
    let race = Race()
    let starter = Task.detached {
      var started = 0
      while started < 2_000 {
        if race.power.turnOn(entry: 4, context: 0, announce: { race.status.enter(1) }) == 0 {
          started += 1
        } else {
          await Task.yield()
        }
      }
    }
    race.status.enter(0)
    var begun = 0
    var lastLeft = false
    while begun < 2_000 {
      if race.power.begin() == nil {
        await Task.yield()
        continue
      }
      begun += 1
      lastLeft = lastLeft || race.status.leave(1) != .early
      race.power.turnOff()
    }
    await starter.value
    #expect(!lastLeft && race.status.leave(0) == .stopped)
  }

  @Test func `of many CPUs that leave a domain one is the last, and of many that stop it one is the first`() async {
    for _ in 0..<200 {
      let race = Race()
      for cpu in 0..<8 { race.status.enter(cpu) }
      let (firsts, lasts) = await withTaskGroup(of: (Bool, Bool).self) { group in
        for cpu in 0..<8 { group.addTask { (race.status.stop(), race.status.leave(cpu) == .stopped) } }
        return await group.reduce(into: (0, 0)) { sum, one in
          sum.0 += one.0 ? 1 : 0
          sum.1 += one.1 ? 1 : 0
        }
      }
      #expect(firsts == 1 && lasts == 1 && race.status.mustStop)
    }
  }

  @Test func `the lock lets one in at a time, and nobody waits for a domain that is being stopped`() async {
    let race = Race()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          for _ in 0..<5_000 {
            race.lock.alone(unless: { false }) {
              if race.inside.wrappingAdd(1, ordering: .relaxed).newValue != 1 {
                race.overlaps.wrappingAdd(1, ordering: .relaxed)
              }
              race.wins.wrappingAdd(1, ordering: .relaxed)
              race.inside.wrappingSubtract(1, ordering: .relaxed)
            }
          }
        }
      }
    }
    #expect(race.wins.load(ordering: .relaxed) == 20_000 && race.overlaps.load(ordering: .relaxed) == 0)
    race.lock.alone(unless: { false }) {
      race.lock.alone(unless: { true }) { Issue.record("two at once") }
    }
  }
}
