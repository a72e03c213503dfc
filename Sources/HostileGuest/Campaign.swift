/// All attempts, in order.
struct Campaign {
  let surroundings: Surroundings

  private var hasSweeps: Bool { if case .control = surroundings.errand { false } else { true } }

  func run(_ report: inout Report) {
    if case .direct = surroundings.errand { runDirect(&report) } else { runAll(&report) }
  }

  /// By a domain that takes its interrupts directly: all that the physical CPU interface could be good for.
  private func runDirect(_ report: inout Report) {
    let sandbox = Sandbox()
    let victim = VictimWatch(surroundings: surroundings)
    victim.look("victim-silenced-before-anything", &report)
    HigherLevelRegisters(sandbox: sandbox).run(&report)
    RegisterSweep(surroundings: surroundings, sandbox: sandbox).run(&report)
    victim.look("victim-silenced-by-system-registers", &report)
    DistributorAttacks(surroundings: surroundings).run(&report)
    RedistributorAttacks(surroundings: surroundings).run(&report)
    InterfaceAttacks(surroundings: surroundings).run(&report)
    TimerAttacks(surroundings: surroundings).run(&report)
    victim.look("victim-silenced-by-interrupts", &report)
  }

  private func runAll(_ report: inout Report) {
    let sandbox = Sandbox()
    let victim = VictimWatch(surroundings: surroundings)
    victim.look("victim-silenced-before-anything", &report)

    MemoryScan(surroundings: surroundings).run(&report)
    if let map = surroundings.foreign { OwnershipScan(surroundings: surroundings, map: map).run(&report) }
    AccessForms(surroundings: surroundings, sandbox: sandbox).run(&report)
    EdgeForms(surroundings: surroundings, sandbox: sandbox).run("edges-in-every-form", &report)
    TranslationAttacks(surroundings: surroundings, sandbox: sandbox).run(&report)
    victim.look("victim-silenced-by-memory-accesses", &report)

    HigherLevelRegisters(sandbox: sandbox).run(&report)
    OptionalRegisters(sandbox: sandbox).run(&report)
    if hasSweeps { RegisterSweep(surroundings: surroundings, sandbox: sandbox).run(&report) }
    victim.look("victim-silenced-by-system-registers", &report)

    let power = PowerAttacks(surroundings: surroundings)
    power.run(&report)
    CallAttacks(sandbox: sandbox).run(&report)
    if hasSweeps { CallSweep(surroundings: surroundings).run(&report) }
    power.startSecondCPU(&report)

    DistributorAttacks(surroundings: surroundings).run(&report)
    if surroundings.isGICv2 {
      GICv2Attacks(surroundings: surroundings).run(&report)
    } else {
      RedistributorAttacks(surroundings: surroundings).run(&report)
      InterfaceAttacks(surroundings: surroundings).run(&report)
    }
    TimerAttacks(surroundings: surroundings).run(&report)
    victim.look("victim-silenced-by-interrupts", &report)

    UserAttacks(surroundings: surroundings).run(&report)
    victim.look("victim-silenced-from-user-level", &report)

    ConsoleAttacks(surroundings: surroundings).run(&report)
    SecondCPU(surroundings: surroundings).run(&report)
    victim.look("victim-silenced-by-both-cpus", &report)
  }
}
