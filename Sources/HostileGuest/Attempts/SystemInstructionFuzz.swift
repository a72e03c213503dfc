import HostileSupport

/// Random encodings of MRS, MSR and system instructions, executed. Those of a higher level have to be undefined; of the
/// others it counts that the hypervisor lives and nobody else notices.
struct SystemInstructionFuzz {
  let surroundings: Surroundings

  func run(seed: UInt64, count: UInt64, _ tally: inout Tally) {
    var random = RandomNumbers(seed: seed)
    let sandbox = Sandbox()
    for _ in 0..<count {
      let register = SystemRegister(random: random.next())
      if Self.wouldEndTheAttacker(register) { continue }
      let choice = random.next()
      sandbox.fill(value(choice, &random))
      let instruction = choice & 1 == 0 ? register.read : register.write
      let trap = sandbox.run(instruction)
      if register.isOfHigherLevel {
        tally.expectUndefined(trap, at: UInt64(instruction), got: sandbox[1])
      } else {
        tally.tried(trap)
      }
    }
    hostile_write_cntv_ctl(0)
    hostile_write_cntp_ctl(0)
    _ = Trap.take()
  }

  /// Never an address of the guest's own: DC ZVA would zero its code.
  private func value(_ choice: UInt64, _ random: inout RandomNumbers) -> UInt64 {
    let value =
      switch choice >> 1 & 7 {
      case 0: UInt64(0)
      case 1: ~UInt64(0)
      case 2: surroundings.memory.base &- 4096
      case 3: surroundings.memory.base + surroundings.memory.size
      case 4: UInt64(1) << (choice >> 8 & 63)
      default: random.next()
      }
    return surroundings.mayWrite(value) ? 0 : value
  }

  /// What makes the attacker itself stop or lose its footing: the MMU and endianness (SCTLR_EL1 and its extensions), its
  /// vectors, and hints that wait.
  private static func wouldEndTheAttacker(_ register: SystemRegister) -> Bool {
    switch (register.op0, register.op1, register.crn, register.crm) {
    case (0, _, 1, _), (0, _, 2, _): true
    case (3, 0, 1, 0): register.op2 != 2 && register.op2 != 1
    case (3, 0, 2, 5): true
    case (3, 0, 12, 0): register.op2 == 0
    default: false
    }
  }
}
