/// What the second CPU is asked to do.
enum Task: UInt64 {
  /// WFI, WFE, YIELD and SEV in turns.
  case hints = 1
  /// Loads and stores anywhere in the emulated devices.
  case deviceAccesses = 2
  /// MRS, MSR and system instructions of any encoding.
  case systemInstructions = 3
  /// Loads, stores and atomics of any encoding, aimed at addresses of others.
  case memoryInstructions = 4
  /// Software interrupts between the two CPUs.
  case interruptStorm = 6
  /// PSCI CPU_OFF.
  case turnOff = 7
  /// Device accesses on and on, while the first CPU goes to its end.
  case forever = 5

  /// What it means if no exception ends a try.
  var completion: Outcome {
    switch self {
    case .hints, .memoryInstructions: .ignored
    case .deviceAccesses, .turnOff, .forever: .emulated
    case .systemInstructions, .interruptStorm: .own
    }
  }

  /// Does it.
  func run(_ surroundings: Surroundings, seed: UInt64, count: UInt64, _ tally: inout Tally) {
    switch self {
    case .hints: HintLoop(surroundings: surroundings).run(count, &tally)
    case .deviceAccesses: DeviceFuzz(surroundings: surroundings).run(seed: seed, count: count, &tally)
    case .systemInstructions: SystemInstructionFuzz(surroundings: surroundings).run(seed: seed, count: count, &tally)
    case .memoryInstructions: MemoryInstructionFuzz(surroundings: surroundings).run(seed: seed, count: count, &tally)
    case .interruptStorm: InterruptStorm(surroundings: surroundings).run(seed: seed, count: count, &tally)
    case .turnOff:
      // There is no answer afterwards.
      Mailbox.answer(tally)
      tally.tried(Call.hvc(0x8400_0002).trap)
    case .forever:
      while true { DeviceFuzz(surroundings: surroundings).run(seed: tally.outcomes.attempts, count: count, &tally) }
    }
  }
}
