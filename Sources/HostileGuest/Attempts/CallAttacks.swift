import HostileSupport

/// Calls that belong to nobody here: the whole space of SMCCC, every immediate, and what comes back in the registers
/// (Arm DEN 0028).
struct CallAttacks {
  let sandbox: Sandbox

  private static var unknown: UInt64 { 0xBF00_FFFF }

  func run(_ report: inout Report) {
    report.attempt("call-smccc-sweep", .calls, .emulated) { sweep(&$0) }
    report.attempt("call-hvc-with-every-immediate", .calls, .emulated) { immediates(0xD400_0002, &$0) }
    report.attempt("call-smc-with-every-immediate", .calls, .emulated) { immediates(0xD400_0003, &$0) }
    report.attempt("call-registers-that-come-back", .calls, .emulated) { registers(&$0) }
  }

  /// Every owner (bits 29:24), fast and yielding (31), 32 and 64 bits (30), with numbers that mean something somewhere.
  private func sweep(_ tally: inout Tally) {
    var random = RandomNumbers(seed: 1)
    for head in UInt64(0)..<256 {
      for index in UInt64(0)..<24 {
        let number = CallAttacks.number(index, &random)
        let function = head << 24 | number
        if CallAttacks.mayBeAnswered(function) { continue }
        expectNotSupported(Call.hvc(function, 1, 2, 3), at: function, &tally)
        expectNotSupported(Call.smc(function, 1, 2, 3), at: function, &tally)
        expectNotSupported(Call.hvc(random.next() << 32 | function, 1, 2, 3), at: function, &tally)
      }
    }
  }

  private static func number(_ index: UInt64, _ random: inout RandomNumbers) -> UInt64 {
    switch index {
    case 0..<8: index
    case 8: 0x10
    case 9: 0x20
    case 10: 0x50  // the number of TRNG_VERSION
    case 11: 0x3FFF
    case 12: 0x7FFF
    case 13: 0x8000
    case 14: 0xFF00  // call count
    case 15: 0xFF01  // UID
    case 16: 0xFF03  // revision
    case 17: 0xFFFF
    default: random.next(below: 1 << 24)
    }
  }

  /// SMCCC_VERSION, SMCCC_ARCH_FEATURES and the workarounds; PSCI's range has attempts of its own.
  private static func mayBeAnswered(_ function: UInt64) -> Bool {
    let owner = function >> 24
    if owner == 0x84 || owner == 0xC4 { return function & 0xFFFF < 0x20 }
    guard owner == 0x80 || owner == 0xC0 else { return false }
    let number = function & 0xFFFF
    return number < 4 || number == 0x3FFF || number == 0x7FFF || number == 0x8000
  }

  private func expectNotSupported(_ call: Call, at function: UInt64, _ tally: inout Tally) {
    tally.tried(call.trap)
    tally.expect(call.isNotSupported, value: call.value, at: function)
  }

  /// Each answer becomes the next call's function id, and all of them are joined in x9: NOT_SUPPORTED is all ones.
  private func immediates(_ base: UInt32, _ tally: inout Tally) {
    let perRun = UInt32(Sandbox.capacity / 2)
    for first in stride(from: UInt32(0), to: 0x1_0000, by: Int(perRun)) {
      let count = min(perRun, 0x1_0000 - first)
      sandbox[0] = CallAttacks.unknown
      sandbox[9] = ~0
      let trap = sandbox.runSequence(count: UInt64(count) * 2) { index in
        // and x9, x9, x0
        index & 1 == 1 ? 0x8A00_0129 : base | (first + UInt32(index / 2)) << 5
      }
      if trap == nil {
        let joined = sandbox[9] & 0xFFFF_FFFF
        tally.expect(joined == 0xFFFF_FFFF, value: joined, at: UInt64(first))
        tally.tried(UInt64(count))
      } else {
        for immediate in first..<(first + count) { single(base | immediate << 5, &tally) }
      }
    }
  }

  private func single(_ instruction: UInt32, _ tally: inout Tally) {
    sandbox[0] = CallAttacks.unknown
    let trap = sandbox.run(instruction)
    let call = Call(value: sandbox[0], trap: trap)
    tally.tried(trap)
    tally.expect(call.isNotSupported, value: call.value, at: UInt64(instruction))
  }

  /// What a call does not answer with comes back as it was, or zero: nothing of EL2's is left in a register. The same
  /// after an access that was refused.
  private func registers(_ tally: inout Tally) {
    let functions: InlineArray<4, UInt64> = [0x8400_0000, CallAttacks.unknown, 0xC400_0004, 0x8000_0000]
    for index in functions.indices {
      compare(0xD400_0002, functions[index], &tally)
      compare(0xD400_0003, functions[index], &tally)
    }
    compare(0xD53E_1101, 0, &tally)  // mrs x1, s3_6_c1_c1_0 (SCR_EL3)
    compare(0xF940_0001, 8, &tally)  // ldr x1, [x0]: nobody's memory
  }

  private func compare(_ instruction: UInt32, _ first: UInt64, _ tally: inout Tally) {
    for number in UInt64(1)..<31 { sandbox[number] = pattern(number) }
    sandbox[0] = first
    tally.tried(sandbox.run(instruction))
    for number in UInt64(1)..<31 {
      let value = sandbox[number]
      tally.expect(value == pattern(number) || number < 4 && value == 0, value: value, at: number)
    }
  }

  private func pattern(_ number: UInt64) -> UInt64 { 0xA5A5_0000_0000_0000 | number << 32 | number }
}
