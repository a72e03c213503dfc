import HostileSupport

/// Function ids without gaps where something answers, and sampled everywhere else, with arguments that mean something
/// to somebody: nothing, everything, addresses of others, any number.
struct CallSweep {
  let surroundings: Surroundings

  func run(_ report: inout Report) {
    report.attempt("call-every-number-of-psci", .calls, .emulated) { tally in
      everyNumber(of: 0x84, &tally)
      everyNumber(of: 0xC4, &tally)
    }
    report.attempt("call-every-number-of-arm-architecture", .calls, .emulated) { tally in
      everyNumber(of: 0x80, &tally)
      everyNumber(of: 0xC0, &tally)
    }
    report.attempt("call-every-owner-sampled", .calls, .emulated) { everyOwner(&$0) }
  }

  private func everyNumber(of head: UInt64, _ tally: inout Tally) {
    var random = RandomNumbers(seed: head)
    for number in UInt64(0)..<0x1_0000 { both(head << 24 | number, &random, &tally) }
  }

  /// Each of the 256 values of bits 31:24 (fast or yielding, 32 or 64 bits, owner) with each single bit of the rest, with
  /// the last numbers, and with any.
  private func everyOwner(_ tally: inout Tally) {
    var random = RandomNumbers(seed: 2)
    for head in UInt64(0)..<256 {
      for bit in UInt64(0)..<24 { both(head << 24 | 1 << bit, &random, &tally) }
      for number in UInt64(0xFF00)...0xFFFF { both(head << 24 | number, &random, &tally) }
      for _ in 0..<256 { both(head << 24 | random.next(below: 1 << 24), &random, &tally) }
    }
  }

  private func both(_ function: UInt64, _ random: inout RandomNumbers, _ tally: inout Tally) {
    if Self.wouldEndTheAttacker(function) { return }
    let argument = argument(&random)
    judge(Call.hvc(function, argument, argument, argument), function, &tally)
    judge(Call.smc(random.next() << 32 | function, argument, random.next(), argument), function, &tally)
  }

  private func argument(_ random: inout RandomNumbers) -> UInt64 {
    let choice = random.next()
    return switch choice & 7 {
    case 0: 0
    case 1: ~0
    case 2: surroundings.memory.base - 0x1000
    case 3: surroundings.memory.base + surroundings.memory.size
    case 4: surroundings.distributor.base
    case 5: choice >> 32
    default: choice
    }
  }

  /// PSCI's CPU_SUSPEND, CPU_OFF, SYSTEM_OFF, SYSTEM_RESET and SYSTEM_RESET2: the guest's own right over itself, tried
  /// where it ends and by attempts of their own.
  private static func wouldEndTheAttacker(_ function: UInt64) -> Bool {
    guard function >> 24 & 0xBF == 0x84 else { return false }
    let number = function & 0xFF_FFFF
    return number == 1 || number == 2 || number == 8 || number == 9 || number == 0x12
  }

  private func judge(_ call: Call, _ function: UInt64, _ tally: inout Tally) {
    tally.tried(call.trap)
    if !mayBeAnswered(function) { tally.expect(call.isNotSupported, value: call.value, at: function) }
  }

  /// What has an answer, which attempts of their own look at: SMCCC_VERSION, SMCCC_ARCH_FEATURES and the workarounds;
  /// PSCI_VERSION, CPU_ON, AFFINITY_INFO, MIGRATE_INFO_TYPE and PSCI_FEATURES.
  private func mayBeAnswered(_ function: UInt64) -> Bool {
    let number = function & 0xFF_FFFF
    return switch function >> 24 {
    case 0x84: number == 0 || number == 3 || number == 4 || number == 6 || number == 10
    case 0xC4: number == 3 || number == 4
    case 0x80, 0xC0: number < 2 || number == 0x3FFF || number == 0x7FFF || number == 0x8000
    default: false
    }
  }
}
